"""What is said of Pagila's films in words, beside what SQL says of them."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction

from catalog.ai.builtin import answer
from catalog.ai.questions import understand
from catalog.ai.sentences import Answer
from catalog.ai.summaries import summary_of
from catalog.models import Film
from rentals.services.pagila import import_dump
from rentals.tests.pagila.conftest import keep_all
from rentals.tests.pagila.questions import FILMS, NUMBERS, UNANSWERABLE, WORDS

pytestmark = [pytest.mark.sanity, pytest.mark.django_db]


@pytest.fixture(scope="module", autouse=True)
def pagila(real_files: Path, django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Loaded once for all tests of this module, which only read."""
    with django_db_blocker.unblock(), transaction.atomic():
        import_dump([real_files / "pagila" / "pagila-data.sql"], clear_demo=keep_all)
        yield
        transaction.set_rollback(True)


def asked(statement: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows


def test_the_summary_of_every_film_is_what_sql_says() -> None:
    rows = asked("SELECT film_id, title, rating::text, rating > 'PG-13' AND rental_rate < 3.00 FROM film")
    summaries = {film.pk: summary_of(film) for film in Film.objects.all()}
    assert summaries == {pk: {"title": title, "rating": rating, "recommended": yes} for pk, title, rating, yes in rows}
    assert sum(summary["recommended"] for summary in summaries.values()) == 269


def answered(question: str) -> Answer:
    films = Film.objects.all()
    return answer(understand(question, films), films)


@pytest.mark.parametrize("question", FILMS)
def test_films_that_were_asked_for_are_those_of_sql(question: str) -> None:
    found = answered(question)
    assert sorted(found.film_ids) == sorted(key for (key,) in asked(FILMS[question]))
    assert found.is_found


@pytest.mark.parametrize("question", NUMBERS)
def test_a_number_that_was_asked_for_is_that_of_sql(question: str) -> None:
    [(number,)] = asked(NUMBERS[question])
    assert f"{number:,}" in re.findall(r"[\d,.]*\d", " ".join(answered(question).sentences))


@pytest.mark.parametrize("question", WORDS)
def test_facts_that_were_asked_for_are_those_of_sql(question: str) -> None:
    said = " ".join(answered(question).sentences)
    assert [text for (text,) in asked(WORDS[question]) if str(text) not in said] == []


def test_films_like_another_share_its_categories_or_its_cast() -> None:
    found = answered("Films like ACADEMY DINOSAUR")
    alike = asked(
        "SELECT o.film_id FROM film_category o JOIN film_category c USING (category_id) WHERE c.film_id = 1 "
        "UNION SELECT o.film_id FROM film_actor o JOIN film_actor a USING (actor_id) WHERE a.film_id = 1"
    )
    assert len(found.film_ids) == 6
    assert {(key,) for key in found.film_ids} <= set(alike)


@pytest.mark.parametrize("question", UNANSWERABLE)
def test_what_the_catalogue_cannot_answer_is_said(question: str) -> None:
    found = answered(question)
    assert not found.is_found
    assert re.search("cannot answer|does not tell|has no film", " ".join(found.sentences))
