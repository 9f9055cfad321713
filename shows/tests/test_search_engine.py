"""Search of review notes by a real Elasticsearch: the same corpus, the same expectations."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from elasticsearch import Elasticsearch

from config.accounts.models import User
from config.accounts.tests.factories import UserFactory
from pipeline import outbox
from pipeline.errors import TryAgain
from pipeline.models import OutboxEvent
from pipeline.search import engine
from pipeline.search.index import GONE
from pipeline.search.query import read_query
from shows.models import Review, Sequence
from shows.search import ReviewsAsked, search_reviews
from shows.search.elasticsearch import REVIEWS
from shows.search.found import SHOTS, search_shots
from shows.tests.factories import ReviewFactory, SequenceFactory, ShotFactory, ShowFactory
from shows.tests.search_corpus import EXPECTATIONS, notes

NOBODY = "http://127.0.0.1:9"


def deliver(client: Elasticsearch) -> None:
    while outbox.deliver_due():
        pass
    client.indices.refresh(index=f"{settings.ELASTICSEARCH_PREFIX}-*")


@pytest.fixture
def corpus(search_engine: Elasticsearch, db: None) -> dict[str, Any]:
    """Indexed by the outbox alone."""
    made = notes()
    deliver(search_engine)
    return made


@pytest.fixture
def artist(db: None) -> User:
    return UserFactory.create(roles=["artist"])


@pytest.fixture
def down(settings: Any) -> Iterator[None]:
    """An engine that is configured, and refuses connections."""
    settings.ELASTICSEARCH_URL = NOBODY
    engine.circuit.close()
    yield
    engine.circuit.close()


def found_by(query: str, user: User, **filters: Any) -> Any:
    return search_reviews(ReviewsAsked.read(query, **filters), user=user)


def test_all_that_is_expected_is_found_and_nothing_else(corpus: dict[str, Any], artist: User) -> None:
    names = {review.pk: name for name, review in corpus.items()}
    found = {query: found_by(query, artist) for query in EXPECTATIONS}
    assert {answer.engine for answer in found.values()} == {"elasticsearch"}
    assert {query: {names[row["id"]] for row in answer.results} for query, answer in found.items()} == EXPECTATIONS


FILTERS: tuple[dict[str, str], ...] = (
    {},
    {"show": "north"},
    {"author": "Ida Roe"},
    {"department": "Roto"},
    {"status": "approved"},
)


def test_both_engines_count_alike(corpus: dict[str, Any], artist: User, settings: Any) -> None:
    theirs = [found_by("the", artist, **filters) for filters in FILTERS]
    settings.ELASTICSEARCH_URL = ""
    ours = [found_by("the", artist, **filters) for filters in FILTERS]
    assert {found.engine for found in theirs} == {"elasticsearch"}
    assert [(found.count, found.facets) for found in theirs] == [(found.count, found.facets) for found in ours]


@pytest.mark.security
def test_whatever_is_typed_is_answered_by_the_engine(corpus: dict[str, Any], artist: User) -> None:
    typed = [
        '"edge',
        "edge:*",
        "body:edge^5",
        '{"match_all": {}} edge',
        "edge~1 *",
        "שלום",
        "\u202eedge",
        "edge 🔥",
        "\\edge",
    ]
    assert {text: found_by(text, artist).engine for text in typed} == dict.fromkeys(typed, "elasticsearch")


def test_shots_are_found_by_any_part_of_what_is_said_of_them(
    search_engine: Elasticsearch, artist: User, settings: Any
) -> None:
    sequence = SequenceFactory(code="SQ010", show=ShowFactory(code="NORTH"))
    shot = ShotFactory(code="0010", sequence=sequence, description="A crane lifts the Hull.")
    ShotFactory(code="0020", sequence=sequence)
    deliver(search_engine)
    assert search_engine.get(index=SHOTS.alias, id=str(shot.pk))["_source"]["said"][0] == "0010"
    typed = {"north 001": 1, "HULL": 1, '"the hull"': 1, "q010": 2, "q010 -crane": 1, "ane lif": 1, "hulk": 0}
    theirs = {text: search_shots(read_query(text), artist, 1) for text in typed}
    assert {text: (group.engine, group.count) for text, group in theirs.items()} == {
        text: ("elasticsearch", count) for text, count in typed.items()
    }
    settings.ELASTICSEARCH_URL = ""
    assert {text: search_shots(read_query(text), artist, 1).results for text in typed} == {
        text: group.results for text, group in theirs.items()
    }


def test_a_shot_is_found_by_the_new_code_of_its_sequence(search_engine: Elasticsearch, artist: User) -> None:
    shot = ShotFactory()
    deliver(search_engine)
    Sequence.objects.filter(pk=shot.sequence_id).update(code="ZZ99")
    deliver(search_engine)
    group = search_shots(read_query("zz99"), artist, 5)
    assert (group.engine, [hit.id for hit in group.results]) == ("elasticsearch", [shot.pk])


def test_a_document_reads_back_whole(corpus: dict[str, Any], search_engine: Elasticsearch) -> None:
    review = corpus["flicker"]
    answer = search_engine.get(index=REVIEWS.alias, id=str(review.pk))
    assert answer["_version"] == 1
    assert answer["_source"]["body"] == review.body
    assert answer["_source"]["author"] == "Ida Roe"
    assert answer["_source"]["show_id"] == review.shot.show_id


def test_a_late_event_changes_nothing(corpus: dict[str, Any], search_engine: Elasticsearch) -> None:
    old = Review.objects.get(pk=corpus["comp"].pk)
    Review.objects.filter(pk=old.pk).update(body="Umbrella.")
    deliver(search_engine)
    REVIEWS.write(search_engine, REVIEWS.alias, [old])
    assert search_engine.get(index=REVIEWS.alias, id=str(old.pk))["_source"]["body"] == "Umbrella."


def test_a_late_event_revives_no_deleted_note(corpus: dict[str, Any], search_engine: Elasticsearch) -> None:
    old = Review.objects.get(pk=corpus["comp"].pk)
    Review.objects.filter(pk=old.pk).delete()
    deliver(search_engine)
    REVIEWS.write(search_engine, REVIEWS.alias, [old])
    assert not search_engine.exists(index=REVIEWS.alias, id=str(old.pk))


def test_an_engine_that_comes_back_empty_is_filled_without_a_command(
    corpus: dict[str, Any], search_engine: Elasticsearch, artist: User
) -> None:
    search_engine.indices.delete(index=f"{REVIEWS.alias}-*")
    assert (found_by("flicker", artist).engine, found_by("flicker", artist).degraded) == ("postgresql", True)
    deliver(search_engine)
    engine.circuit.close()
    assert (found_by("flicker", artist).engine, found_by("flicker", artist).count) == ("elasticsearch", 2)


def test_a_rebuild_takes_in_what_is_written_meanwhile(corpus: dict[str, Any], search_engine: Elasticsearch) -> None:
    REVIEWS.begin(search_engine)
    late = ReviewFactory(body="Written meanwhile.")
    while OutboxEvent.objects.exists():
        outbox.deliver_due()
    assert search_engine.exists(index=REVIEWS.next_alias, id=str(late.pk))
    assert search_engine.exists(index=REVIEWS.alias, id=str(late.pk))


def test_the_command_replaces_the_index(corpus: dict[str, Any], search_engine: Elasticsearch) -> None:
    (before,) = REVIEWS.behind(search_engine, REVIEWS.alias)
    call_command("search_index", "reviews", verbosity=0)
    (after,) = REVIEWS.behind(search_engine, REVIEWS.alias)
    assert before != after
    assert not search_engine.indices.exists(index=before)
    assert search_engine.count(index=REVIEWS.alias)["count"] == len(corpus)


def test_the_check_finds_and_repairs(
    corpus: dict[str, Any], search_engine: Elasticsearch, capsys: pytest.CaptureFixture[str]
) -> None:
    ghost, missing, stale = max(review.pk for review in corpus.values()) + 1000, corpus["file"], corpus["comp"]
    source = search_engine.get(index=REVIEWS.alias, id=str(stale.pk))["_source"]
    search_engine.index(index=REVIEWS.alias, id=str(ghost), document={**source, "id": ghost})
    search_engine.delete(index=REVIEWS.alias, id=str(missing.pk), version=1, version_type="external_gte")
    search_engine.index(index=REVIEWS.alias, id=str(stale.pk), document={**source, "body": "Other."},
                        version=1, version_type="external_gte")  # fmt: skip
    call_command("search_check")
    assert f"reviews: {len(corpus)} rows, 1 missing, 1 stale, 1 ghosts, repaired" in (said := capsys.readouterr().out)
    assert "people: no index, filled with 0 rows" in said
    call_command("search_check")
    assert f"reviews: {len(corpus)} rows, 0 missing, 0 stale, 0 ghosts\n" in capsys.readouterr().out


def test_nobody_waits_for_an_engine_that_is_down(down: None, artist: User) -> None:
    ReviewFactory(body="Edge flickers.")
    found = found_by("flickers", artist)
    assert (found.engine, found.degraded, found.count) == ("postgresql", True, 1)
    assert engine.circuit.is_open
    shots = search_shots(read_query("sh"), artist, 5)
    assert (shots.engine, shots.degraded, shots.count) == ("postgresql", True, 1)


def test_an_event_waits_for_an_engine_that_is_down(down: None, db: None) -> None:
    review = ReviewFactory()
    outbox.deliver_due()
    (event,) = OutboxEvent.objects.filter(topic="search.index", key="reviews")
    assert (event.attempts, event.failures, event.dead_at) == (1, 0, None)
    with pytest.raises(TryAgain):
        REVIEWS.follow([review.pk])


def test_deleted_documents_get_the_highest_version() -> None:
    assert GONE > 2**31
