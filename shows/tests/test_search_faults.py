"""Elasticsearch is killed, brought back empty, then paused, in the middle of writes and searches."""

import os
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Self

import pytest
from django.db import connection
from django.db.models.functions import Now

from config.accounts.tests.factories import UserFactory
from pipeline import outbox
from pipeline.models import OutboxEvent
from pipeline.search import engine
from pipeline.search.checking import compared
from shows.models import Review
from shows.search import ReviewsAsked, search_reviews
from shows.search.elasticsearch import REVIEWS
from shows.services import reviews
from shows.tests.breaking import Door, Program
from shows.tests.factories import ShotFactory

PROGRAM = Path(os.environ.get("BACKLOT_TEST_ENGINE") or "../shared/tools/elasticsearch/elasticsearch").resolve()
PROGRAMS_PORT = 9290
# More than enough.
SECONDS = 120


@pytest.fixture
def breakable(settings: Any, at_full_size: bool) -> Iterator[Door | Program]:
    """A real engine that this test may break; at full size one of its own, for starting it takes long."""
    shared = os.environ["BACKLOT_TEST_ELASTICSEARCH"]
    if not shared:
        pytest.skip("Needs a real search engine: start one and set ELASTICSEARCH_URL.")
    if at_full_size and not os.access(PROGRAM, os.X_OK):
        pytest.skip(f"Needs a program that starts, pauses and kills an engine: {PROGRAM}, or BACKLOT_TEST_ENGINE.")
    settings.ELASTICSEARCH_PREFIX = f"test-faults-{os.getpid()}"
    place = Program(PROGRAM, PROGRAMS_PORT) if at_full_size else Door(shared, f"{settings.ELASTICSEARCH_PREFIX}-*")
    try:
        place.start()
        settings.ELASTICSEARCH_URL = place.url
        engine.circuit.close()
        yield place
    finally:
        engine.circuit.close()
        place.stop()


class Repeated(threading.Thread):
    """Does the same again and again while a block of the test runs."""

    def __init__(self, act: Callable[[], Any]) -> None:
        super().__init__(daemon=True)
        self.act = act
        self.ends = threading.Event()

    def run(self) -> None:
        while not self.ends.wait(0.02):
            self.act()
        connection.close()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *error: object) -> None:
        self.ends.set()
        self.join()


class Answers:
    """What searches were answered: by which engine, whether they were called degraded, and after how long."""

    def __init__(self, user: Any) -> None:
        self.user = user
        self.all: list[tuple[str, bool, float]] = []
        self.more = threading.Condition()

    def add(self) -> None:
        started = time.perf_counter()
        found = search_reviews(ReviewsAsked.read("edge flicker"), user=self.user)
        with self.more:
            self.all.append((found.engine, found.degraded, time.perf_counter() - started))
            self.more.notify()

    def come_from(self, name: str) -> bool:
        """Whether this engine answers soon, when the other has had its rest."""
        engine.circuit.close()
        with self.more:
            count = len(self.all)
            return self.more.wait_for(lambda: any(answer[0] == name for answer in self.all[count:]), SECONDS)

    def slowest(self) -> float:
        """Of all but one in a thousand: the searches share this process with all the writes."""
        return sorted(seconds for *_, seconds in self.all)[-1 - len(self.all) // 1000]


def write(shot: Any, user: Any, number: int) -> None:
    """So many notes by the service; of each ten one is changed after that, and one taken back."""
    for count in range(number):
        review = reviews.add_review(shot.pk, by=user, status="note", body=f"Edge flickers, take {count}.")
        if count % 10 == 3:
            reviews.edit_review(review.pk, by=user, body="Edge is calm.")
        if count % 10 == 7:
            reviews.delete_review(review.pk, by=user)


def settle() -> None:
    """Delivers what is left, without the pauses between tries."""
    until = time.monotonic() + SECONDS
    while OutboxEvent.objects.exists() and time.monotonic() < until:
        OutboxEvent.objects.update(next_try_at=Now())
        outbox.deliver_due()
    assert not OutboxEvent.objects.exists()


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_an_engine_that_breaks_costs_no_write_no_search_and_no_document(
    breakable: Door | Program, at_full_size: bool
) -> None:
    user, shot = UserFactory.create(is_superuser=True), ShotFactory()
    part = 400 if at_full_size else 40
    answers = Answers(user)
    with Repeated(answers.add), Repeated(outbox.deliver_due):
        for break_it, mend_it in ((breakable.kill, breakable.start), (breakable.pause, breakable.resume)):
            write(shot, user, part)
            settle()
            assert answers.come_from("elasticsearch")
            break_it()
            write(shot, user, part)
            assert answers.come_from("postgresql")
            mend_it()
        write(shot, user, part)
        settle()
        assert answers.come_from("elasticsearch")
    differences = compared(REVIEWS)
    assert (differences.missing, differences.stale, differences.ghosts) == ([], [], [])
    assert differences.rows == Review.objects.count() == part * 5 * 9 // 10
    assert {answer[:2] for answer in answers.all} == {("elasticsearch", False), ("postgresql", True)}
    assert answers.slowest() < (0.5 if at_full_size else 2)
