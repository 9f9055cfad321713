from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from catalog.errors import NameTaken
from catalog.models import Actor, Category, Film
from catalog.services import vocabulary
from catalog.services.films import change_film, create_film, delete_film
from catalog.tests.factories import ActorFactory, CategoryFactory, FilmFactory, LanguageFactory
from config.accounts.models import User
from pipeline.errors import NotAllowed, StaleVersion, StillHolds

pytestmark = pytest.mark.django_db


def create(by: User, **fields: Any) -> Film:
    return create_film(by=by, **({"title": "Night Train", "language": LanguageFactory()} | fields))


@pytest.mark.sanity
def test_a_new_film_has_its_categories_and_actors(clerk: User) -> None:
    categories, actors = [CategoryFactory() for _ in range(2)], [ActorFactory()]
    film = create(clerk, categories=categories, actors=actors)
    assert (set(film.categories.all()), list(film.actors.all())) == (set(categories), actors)
    assert (film.rental_duration, film.rental_rate, film.rating) == (3, Decimal("4.99"), "G")


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": ""}, {"title": "x" * 256}, {"release_year": 1900}, {"release_year": 2156}, {"length": 0},
        {"rental_rate": Decimal(-1)}, {"rental_rate": Decimal("100.00")}, {"rental_duration": 0},
        {"rental_duration": 40_000}, {"rating": "PG-99"}, {"replacement_cost": Decimal("1.999")},
    ],
)  # fmt: skip
def test_a_value_that_no_film_has_is_named(clerk: User, wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError, match=next(iter(wrong))):
        create(clerk, **wrong)
    assert not Film.objects.exists()


def test_categories_and_actors_are_changed_as_a_whole(clerk: User) -> None:
    old, kept, new = (CategoryFactory() for _ in range(3))
    film = FilmFactory(categories=[old, kept], actors=[ActorFactory()])
    change_film(film.pk, by=clerk, categories=[kept, new], actors=[])
    assert (set(film.categories.all()), film.actors.count()) == ({kept, new}, 0)


def test_a_change_of_the_links_alone_is_a_change_of_the_film(clerk: User) -> None:
    film = FilmFactory()
    change_film(film.pk, by=clerk, actors=[ActorFactory()])
    with pytest.raises(StaleVersion):
        change_film(film.pk, by=clerk, expected_version=1, title="Day Train")


def test_a_change_without_a_difference_is_none(clerk: User) -> None:
    category = CategoryFactory()
    film = FilmFactory(categories=[category])
    change_film(film.pk, by=clerk, title=film.title, categories=[category])
    assert Film.objects.get().row_version == 1


def test_the_words_of_a_film_follow_its_title(clerk: User) -> None:
    film = FilmFactory(title="Night Train")
    change_film(film.pk, by=clerk, title="Harbour Lights")
    assert Film.objects.matching("harbours").get() == film
    assert not Film.objects.matching("train").exists()


@pytest.mark.parametrize("words", ["night", "GHT TRA", "trains", "quay", "quays night"])
def test_films_are_found_by_parts_of_the_title_and_by_words_of_the_text(words: str) -> None:
    film = FilmFactory(title="Night Train", description="Two thieves meet on a quay.")
    FilmFactory(title="Day Boat", description=None)
    assert Film.objects.matching(words).get() == film


def test_a_film_of_several_categories_is_found_once() -> None:
    heist = CategoryFactory(name="Heist")
    film = FilmFactory(categories=[heist, CategoryFactory(name="Noir")])
    assert list(Film.objects.of_category("HEIST")) == [film]
    assert not Film.objects.of_category("Western").exists()


def test_rows_name_language_and_categories_and_carry_money_as_text() -> None:
    FilmFactory(categories=[CategoryFactory(name="Noir"), CategoryFactory(name="Heist")])
    [row] = Film.objects.as_rows()
    assert (row["language"], row["categories"], row["rental_rate"]) == ("English", ["Heist", "Noir"], "2.99")
    assert not row["streaming_available"]


def test_rows_of_many_films_are_one_statement(django_assert_num_queries: Any) -> None:
    for _ in range(5):
        FilmFactory(categories=[CategoryFactory()])
    with django_assert_num_queries(1):
        assert len(Film.objects.as_rows()) == 5


def test_a_film_without_copies_is_deleted_with_its_links(clerk: User) -> None:
    delete_film(FilmFactory(categories=[CategoryFactory()], actors=[ActorFactory()]).pk, by=clerk)
    assert not Film.objects.exists()
    assert (Category.objects.count(), Actor.objects.count()) == (1, 1)


def test_names_of_categories_and_languages_are_unique_regardless_of_case(clerk: User) -> None:
    CategoryFactory(name="Noir")
    LanguageFactory(name="Gaelic")
    with pytest.raises(NameTaken):
        vocabulary.categories.create(by=clerk, name="NOIR")
    with pytest.raises(NameTaken):
        vocabulary.languages.create(by=clerk, name="gaelic")


def test_a_category_with_films_stays(clerk: User) -> None:
    category = CategoryFactory()
    FilmFactory(categories=[category])
    with pytest.raises(StillHolds):
        vocabulary.categories.remove(category.pk, by=clerk)


def test_actors_are_found_by_parts_of_both_names() -> None:
    actor = ActorFactory(first_name="Ida", last_name="Marlowe")
    ActorFactory(first_name="Ida", last_name="Reed")
    assert Actor.objects.matching("ida marl").get() == actor


@pytest.mark.security
def test_an_artist_writes_no_film(artist: User) -> None:
    with pytest.raises(NotAllowed):
        create(artist)
    with pytest.raises(NotAllowed):
        change_film(FilmFactory().pk, by=artist, title="Mine")
    with pytest.raises(NotAllowed):
        delete_film(FilmFactory().pk, by=artist)
