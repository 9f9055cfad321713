"""The page of all shows."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from config.tests.admin_pages import signed_in
from shows.tests.factories import ReviewFactory, SequenceFactory, ShotFactory, ShowFactory
from shows.views.progress import Progress

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader() -> Client:
    return signed_in("artist")


def codes_of(answer: Any) -> list[str]:
    return [show.code for show, _, _ in answer.context["rows"]]


def test_what_is_worked_on_comes_first(reader: Client) -> None:
    for code, status in (("A", "archived"), ("H", "on_hold"), ("C", "complete"), ("W", "active"), ("D", "development")):
        ShowFactory(code=code, status=status)
    assert codes_of(reader.get("/shows/")) == ["W", "D", "H", "C", "A"]


def test_a_show_tells_how_far_it_has_come(reader: Client) -> None:
    sequence = SequenceFactory()
    statuses = ("final", "approved", "review", "pending", "omitted")
    shots = [ShotFactory(sequence=sequence, status=status) for status in statuses]
    ReviewFactory(shot=shots[0])
    show, progress, notes = reader.get("/shows/").context["rows"][0]
    assert (show.sequences_count, progress.total, progress.done_percent, notes) == (1, 5, 40, 1)
    assert [(part.meaning, part.count) for part in progress.parts] == [
        ("done", 2),
        ("in_progress", 1),
        ("not_started", 1),
        ("blocked", 1),
    ]


def test_a_hundred_percent_is_said_only_when_all_is_done() -> None:
    assert Progress({"final": 999, "review": 1}).done_percent == 99
    assert (Progress({}).done_percent, Progress({}).parts) == (0, [])


def test_the_parts_of_the_bar_fill_it() -> None:
    parts = Progress({"final": 1, "review": 1, "pending": 1}).parts
    assert [(part.start, part.width) for part in parts] == [(0, 33.33), (33.33, 33.33), (66.67, 33.33)]


@pytest.mark.parametrize("query", ["?status=active", "?q=owl", "?q=SECOND", "?status=active&q=night"])
def test_shows_are_found_by_status_and_words(query: str, reader: Client) -> None:
    ShowFactory(code="OWL", title="Second Night", status="active")
    ShowFactory(code="FOX", title="First Day", status="archived")
    assert codes_of(reader.get(f"/shows/{query}")) == ["OWL"]


def test_a_changed_filter_brings_the_shows_alone(reader: Client) -> None:
    answer = reader.get("/shows/?q=owl&status=", headers={"HX-Request": "true"})
    assert answer["HX-Push-Url"] == "/shows/?q=owl"
    assert "<html" not in answer.content.decode()


@pytest.mark.parametrize(
    ("role", "words"), [("producer", "Make the first one"), ("artist", "Producers and coordinators")]
)
def test_an_empty_studio_names_the_next_step(role: str, words: str) -> None:
    assert words in signed_in(role).get("/shows/").content.decode()


@pytest.mark.performance
def test_the_page_costs_the_same_for_two_shows_as_for_twenty(reader: Client) -> None:
    costs = []
    for number in (2, 18):
        for _ in range(number):
            ReviewFactory()
        with CaptureQueriesContext(connection) as queries:
            reader.get("/shows/")
        costs.append(len(queries))
    assert costs[0] == costs[1] <= 8
