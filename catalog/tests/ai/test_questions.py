"""What is understood of questions, and answered from the demo's films."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection, transaction

from catalog.ai.builtin import answer
from catalog.ai.questions import understand
from catalog.ai.sentences import Answer
from catalog.models import Actor, Film
from catalog.services.demo import seed_films
from catalog.tests.factories import ActorFactory, FilmFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
OF = "SELECT film_id FROM film WHERE "
DRAMA = "film_id IN (SELECT film_id FROM film_category JOIN category USING (category_id) WHERE name = 'Drama')"
WITH_LIN = "film_id IN (SELECT film_id FROM film_actor JOIN actor USING (actor_id) WHERE last_name = 'Haoran')"
QUESTIONS = {
    "What's the longest drama?": f"{OF}{DRAMA} AND length = (SELECT max(length) FROM film WHERE {DRAMA})",
    "Which R-rated films can be streamed and cost under $3?": (
        f"{OF}rating = 'R' AND streaming_available AND rental_rate < 3"
    ),
    "dramas that are not available for streaming": f"{OF}{DRAMA} AND NOT streaming_available",
    "movies starring Lin Haoran": OF + WITH_LIN,
    "How long is Brine?": f"{OF}title = 'Brine'",
    "films in Italian that are older than 2014": (
        f"{OF}language_id = (SELECT language_id FROM language WHERE name = 'Italian') AND release_year < 2014"
    ),
    "films of at most an hour and a half": f"{OF}length <= 90",
    "films since 2024": f"{OF}release_year >= 2024",
    "the newest film in Spanish": f"{OF}title = 'Bitter Orange Season'",
    "PG or G films from the 2010s shorter than 92 minutes": (
        f"{OF}rating IN ('G', 'PG') AND release_year BETWEEN 2010 AND 2019 AND length < 92"
    ),
    "films about a ferry": f"{OF}fulltext @@ to_tsquery('english', 'ferry')",
    "films between 4 and 5 dollars rated R or stricter": (f"{OF}rental_rate BETWEEN 4 AND 5 AND rating >= 'R'"),
    "Is “Brine” available for streaming?": f"{OF}title = 'Brine'",
    "what's the wether in barow rode": f"{OF}title = 'Barrow Road'",
}


@pytest.fixture(scope="module", autouse=True)
def demo(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Made once for all tests of this module; what they add goes when each ends."""
    with django_db_blocker.unblock(), transaction.atomic():
        seed_films()
        yield
        transaction.set_rollback(True)


def answered(question: str) -> Answer:
    films = Film.objects.all()
    return answer(understand(question, films), films)


def said(question: str) -> str:
    return " ".join(answered(question).sentences)


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_films_of_an_answer_are_those_of_sql(question: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(QUESTIONS[question])
        expected = sorted(key for (key,) in cursor.fetchall())
    assert sorted(answered(question).film_ids) == expected


def test_it_says_what_it_can_answer() -> None:
    assert "prices" in said("What can you do?") == said("hello")
    assert "did not find out" in said("which one?")


def test_names_count_regardless_of_case_and_of_what_else_bears_them() -> None:
    ActorFactory(first_name="Ida", last_name="Marlowe")
    twin = ActorFactory(first_name="IDA", last_name="MARLOWE")
    film = FilmFactory(title="Her", actors=[twin])
    other = FilmFactory(title="HER", actors=[])
    assert answered("films with ida marlowe").film_ids == (film.pk,)
    assert answered("films with IDA MARLOWE").film_ids == (film.pk,)
    assert set(answered('Who plays in "her"?').film_ids) == {film.pk, other.pk}


def test_an_ordinary_word_is_no_title_unless_it_is_written_like_one() -> None:
    it = FilmFactory(title="It", length=135)
    assert it.pk not in answered("Is it a comedy?").film_ids
    assert answered("How long is It?").film_ids == (it.pk,)


def test_where_nothing_fits_the_nearest_films_are_offered() -> None:
    found = answered("dramas in Mandarin rated NC-17")
    assert found.sentences[0].startswith("The catalogue has no film")
    assert set(found.film_ids) <= set(Film.objects.of_category("Drama").values_list("pk", flat=True))
    assert found.film_ids


STRANGE = ["%", "_", "\\", "'", '"; DROP TABLE film', "(((", "[a-", "between 1 and ", "not not not", "R R R", "漢字"]


@pytest.mark.security
@pytest.mark.parametrize("question", STRANGE)
def test_whatever_is_asked_gets_a_sentence(question: str) -> None:
    assert said(question)
    assert said(f"{question} " * 40)


def test_a_question_that_demands_too_much_is_told_so() -> None:
    lengths = " ".join(f"longer than {minutes} minutes" for minutes in range(100, 113))
    assert "more than I can" in said(f"films {lengths}")
    assert "more than I can" in said(f"films with {', '.join(str(actor) for actor in Actor.objects.all()[:13])}")
    assert not answered(f"films {'longer than 2 hours ' * 13}").sentences[0].startswith("That is more")


@pytest.mark.performance
def test_a_question_costs_few_statements(django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(10):
        answered("Which PG dramas with Lin Haoran in stock cost 2.99?")
