"""Films and media in a real Elasticsearch: followed by the outbox alone, found as PostgreSQL finds them."""

from typing import Any

import pytest
from django.core.management import call_command
from elasticsearch import Elasticsearch

from catalog.models import Film, MediaItem
from catalog.search.films import FILMS, search_films
from catalog.search.media import MEDIA, search_media
from catalog.tests.factories import FilmFactory
from catalog.tests.library.factories import MediaFactory
from config.accounts.models import User
from config.accounts.tests.factories import UserFactory
from pipeline import outbox
from pipeline.search import engine
from pipeline.search.query import read_query


def deliver(client: Elasticsearch) -> None:
    while outbox.deliver_due():
        pass
    client.indices.refresh(index=f"{FILMS.alias},{MEDIA.alias}", ignore_unavailable=True)


@pytest.fixture
def member(db: None) -> User:
    return UserFactory.create()


def both_ways(search: Any, typed: list[str], member: User, settings: Any) -> Any:
    """What the engine answers to each text, and what PostgreSQL does."""
    theirs = {text: search(read_query(text), member, 5) for text in typed}
    assert {group.engine for group in theirs.values()} == {"elasticsearch"}
    settings.ELASTICSEARCH_URL = ""
    ours = {text: search(read_query(text), member, 5) for text in typed}
    assert {group.engine for group in ours.values()} == {"postgresql"}
    return counted(theirs), counted(ours)


def counted(found: dict[str, Any]) -> dict[str, Any]:
    return {text: (group.count, group.results) for text, group in found.items()}


def test_films_are_found_alike_in_both_ways(search_engine: Elasticsearch, member: User, settings: Any) -> None:
    FilmFactory(title="NIGHT BUS", description="A driver & the last passenger.")
    FilmFactory(title="Day Bus", description=None)
    deliver(search_engine)
    typed = {"bus": 2, "night BUS": 1, "ight b": 1, "passenger": 1, "bus -driver": 1, '"last passenger"': 1, "ferry": 0}
    theirs, ours = both_ways(search_films, [*typed], member, settings)
    assert {text: count for text, (count, _) in theirs.items()} == typed
    assert theirs == ours


def test_media_are_found_alike_in_both_ways_and_the_title_counts_most(
    search_engine: Elasticsearch, member: User, settings: Any
) -> None:
    MediaFactory(title="Amélie", description="A waitress and a corridor.")
    MediaFactory(title="Night", details={"authors": ["Ida Corridor"]}, description="By night.")
    MediaFactory(title="The Long Corridor", subtitle="A novel: part two", media_type="game")
    deliver(search_engine)
    typed = {"corridor": 3, "amelie": 1, "AMÉLIE corr": 1, "novel two": 1, "corridor -night": 2, "rridor": 0, "nigh": 1}
    theirs, ours = both_ways(search_media, [*typed], member, settings)
    assert {text: count for text, (count, _) in theirs.items()} == typed
    assert theirs == ours
    assert [hit.title for hit in theirs["corridor"][1]] == ["The Long Corridor", "Night", "Amélie"]


@pytest.mark.parametrize(
    ("index", "factory", "model"),
    [(FILMS, FilmFactory, Film), (MEDIA, MediaFactory, MediaItem)],
    ids=["films", "media"],
)
def test_a_late_event_neither_overwrites_nor_revives(
    index: Any, factory: Any, model: Any, search_engine: Elasticsearch, db: None
) -> None:
    row = factory(title="Harbour")
    (old,) = index.rows
    model.objects.update(title="Umbrella")
    deliver(search_engine)
    index.write(search_engine, index.alias, [old])
    document = search_engine.get(index=index.alias, id=str(row.search_number))
    assert (document["_version"], "mbrella" in str(document["_source"])) == (old.row_version + 1, True)
    model.objects.all().delete()
    deliver(search_engine)
    index.write(search_engine, index.alias, [old])
    assert not search_engine.exists(index=index.alias, id=str(row.search_number))


def test_a_film_that_comes_back_under_its_old_key_is_found(search_engine: Elasticsearch, member: User) -> None:
    film = FilmFactory(title="Harbour")
    deliver(search_engine)
    Film.objects.all().delete()
    deliver(search_engine)
    FilmFactory(film_id=film.pk, title="Tide", language=film.language)
    deliver(search_engine)
    group = search_films(read_query("tide"), member, 5)
    assert (group.engine, [hit.id for hit in group.results]) == ("elasticsearch", [film.pk])
    assert search_films(read_query("harbour"), member, 5).count == 0


def test_the_commands_rebuild_compare_and_repair(
    search_engine: Elasticsearch, capsys: pytest.CaptureFixture[str], db: None
) -> None:
    film, item = FilmFactory(description="A quay."), MediaFactory(title="Été", description="Words.")
    call_command("search_index", "films", "media")
    assert capsys.readouterr().out == "films: 1 rows indexed\nmedia: 1 rows indexed\n"
    search_engine.delete(index=FILMS.alias, id=str(film.search_number), version=1, version_type="external_gte")
    other = {"id": item.search_number, "title": "x"}
    search_engine.index(index=MEDIA.alias, id=str(item.search_number), document=other,
                        version=item.row_version, version_type="external_gte")  # fmt: skip
    call_command("search_check")
    said = capsys.readouterr().out
    assert "films: 1 rows, 1 missing, 0 stale, 0 ghosts, repaired" in said
    assert "media: 1 rows, 0 missing, 1 stale, 0 ghosts, repaired" in said
    call_command("search_check")
    assert "media: 1 rows, 0 missing, 0 stale, 0 ghosts\n" in capsys.readouterr().out


def test_postgresql_answers_where_the_engine_does_not(db: None, member: User, settings: Any) -> None:
    settings.ELASTICSEARCH_URL = "http://127.0.0.1:9"
    engine.circuit.close()
    MediaFactory(title="Harbour")
    group = search_media(read_query("harb"), member, 5)
    engine.circuit.close()
    assert (group.engine, group.degraded, group.count) == ("postgresql", True, 1)
