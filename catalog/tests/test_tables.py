"""Pagila's own columns, types and defaults."""

from typing import Any

import pytest
from django.db import DataError, IntegrityError, connection
from django.db.migrations.executor import MigrationExecutor

from catalog.models import Film, Language
from catalog.tests.factories import ActorFactory, CategoryFactory, FilmFactory, LanguageFactory

pytestmark = pytest.mark.django_db


def asked(statement: str, *values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall() if cursor.description else []


def columns_of(table: str) -> list[str]:
    return [
        name for (name,) in asked("SELECT column_name FROM information_schema.columns WHERE table_name = %s", table)
    ]


def migrated(app: str, migration: str) -> None:
    executor = MigrationExecutor(connection)
    executor.migrate([(app, migration)])


def test_a_film_written_by_sql_alone_gets_pagilas_defaults() -> None:
    language = LanguageFactory().pk
    row = asked(
        "INSERT INTO film (title, language_id) VALUES ('SILENT HARBOUR', %s) "
        "RETURNING rental_duration, rental_rate::text, replacement_cost::text, rating::text, fulltext::text",
        language,
    )
    assert row == [(3, "4.99", "19.99", "G", "'harbour':2 'silent':1")]


def test_the_columns_have_pagilas_types() -> None:
    types = dict(asked("SELECT attname, atttypid::regtype::text FROM pg_attribute WHERE attrelid = 'film'::regclass"))
    assert (types["rating"], types["release_year"], types["fulltext"]) == ("mpaa_rating", "year", "tsvector")
    assert (types["title"], types["special_features"], types["length"]) == ("text", "text[]", "smallint")


def test_the_key_of_a_film_counts_by_pagilas_sequence() -> None:
    film = FilmFactory()
    assert asked("SELECT currval('film_film_id_seq')") == [(film.pk,)]


@pytest.mark.parametrize("year", [1900, 2156])
def test_a_year_that_pagila_does_not_know_is_refused_by_the_database(year: int) -> None:
    with pytest.raises(IntegrityError):
        FilmFactory(release_year=year)


def test_a_rating_that_does_not_exist_is_refused_by_the_database() -> None:
    with pytest.raises(DataError):
        FilmFactory(rating="PG-99")


def test_ratings_sort_from_the_mildest_to_the_strictest() -> None:
    for rating in ("NC-17", "PG", "R", "G", "PG-13"):
        FilmFactory(rating=rating)
    assert list(Film.objects.order_by("rating").values_list("rating", flat=True)) == ["G", "PG", "PG-13", "R", "NC-17"]


def test_the_name_of_a_language_is_shown_without_the_blanks_that_fill_it() -> None:
    LanguageFactory(name="Gaelic")
    assert Language.objects.get(name="Gaelic").name == "Gaelic"
    assert asked("SELECT octet_length(name) FROM language") == [(20,)]


@pytest.mark.regression
def test_languages_that_are_inserted_together_keep_their_whole_names() -> None:
    Language.objects.bulk_create([Language(name="Gaelic"), Language(name="Catalan")])
    assert set(Language.objects.values_list("name", flat=True)) == {"Gaelic", "Catalan"}
    assert asked("SELECT DISTINCT format_type(atttypid, atttypmod) FROM pg_attribute "
                 "WHERE attrelid = 'language'::regclass AND attname = 'name'") == [("character(20)",)]  # fmt: skip


def test_a_change_by_sql_stamps_and_counts() -> None:
    film = FilmFactory()
    asked("UPDATE film SET last_update = '2001-01-01', title = 'NEW' WHERE film_id = %s", film.pk)
    after = Film.objects.get(pk=film.pk)
    assert after.last_update.year > 2001
    assert after.row_version == film.row_version + 1


def test_an_actor_plays_once_in_a_film() -> None:
    actor = ActorFactory()
    with pytest.raises(IntegrityError):
        FilmFactory(actors=[actor, actor])


def test_a_film_is_of_a_category_once() -> None:
    category = CategoryFactory()
    with pytest.raises(IntegrityError):
        FilmFactory(categories=[category, category])


def test_streaming_comes_on_top_of_pagilas_films() -> None:
    film = FilmFactory(title="Harbour")
    connection.check_constraints()
    migrated("catalog", "0002_films")
    assert "streaming_available" not in columns_of("film")
    migrated("catalog", "0003_film_streaming_available")
    assert asked("SELECT title, streaming_available FROM film WHERE film_id = %s", film.pk) == [("Harbour", False)]
