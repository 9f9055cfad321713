"""Events are delivered after their commit, again when that failed, and by others when their process is gone."""

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from django.db.models.functions import Now

from pipeline import broker, outbox
from pipeline.errors import TryAgain
from pipeline.models import OutboxEvent
from pipeline.outbox import Event
from pipeline.outbox.due import MOST_FAILURES
from pipeline.outbox.topics import TOPICS, Handler, Topic
from pipeline.tests.factories import OutboxEventFactory

pytestmark = pytest.mark.django_db
NOTED = "tests.noted"


@pytest.fixture
def handled(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    def handle(handler: Handler, *, at_once: bool = False) -> None:
        monkeypatch.setitem(TOPICS, NOTED, Topic(NOTED, handler, at_once))

    return handle


@pytest.fixture
def heard(handled: Callable[..., None]) -> list[list[str]]:
    """The keys that a handler got, by call."""
    calls: list[list[str]] = []
    handled(lambda events: calls.append([event.key for event in events]))
    return calls


def refuse(error: Exception, *, key: str | None = None) -> Handler:
    """A handler that refuses everything, or what has the key."""

    def handler(events: Sequence[Event]) -> None:
        if key is None or key in [event.key for event in events]:
            raise error

    return handler


def make_due() -> None:
    OutboxEvent.objects.update(next_try_at=Now())


def test_events_are_delivered_together_and_forgotten(heard: list[list[str]]) -> None:
    outbox.put(NOTED, {}, key="a")
    outbox.put(NOTED, {}, key="b")

    assert (outbox.deliver_due(), heard) == (2, [["a", "b"]])
    assert (outbox.deliver_due(), OutboxEvent.objects.count()) == (0, 0)


def test_what_is_put_off_waits(heard: list[list[str]], settings: Any) -> None:
    outbox.put(NOTED, {}, delay=settings.PIPELINE_LEASE)
    assert (outbox.deliver_due(), heard) == (0, [])


def test_what_will_pass_is_tried_later_and_never_given_up(handled: Callable[..., None]) -> None:
    handled(refuse(TryAgain("It sleeps.")))
    event = OutboxEventFactory(attempts=100)
    assert (outbox.deliver_due(), outbox.deliver_due()) == (1, 0)

    event.refresh_from_db()
    assert (event.attempts, event.failures, event.dead_at, event.error) == (101, 0, None, "It sleeps.")


def test_what_fails_too_often_is_kept_until_somebody_revives_it(handled: Callable[..., None]) -> None:
    handled(refuse(ValueError("no")))
    event = OutboxEventFactory(attempts=20, failures=MOST_FAILURES - 1)
    assert outbox.deliver_due() == 1
    make_due()
    assert outbox.deliver_due() == 0
    event.refresh_from_db()
    assert (event.failures, event.error, event.dead_at is None) == (MOST_FAILURES, "ValueError: no", False)

    handled(lambda events: None)
    assert (outbox.revive([event.pk]), outbox.deliver_due(), OutboxEvent.objects.count()) == (1, 1, 0)


def test_a_bad_event_holds_up_the_others_once(handled: Callable[..., None]) -> None:
    handled(refuse(ValueError("no"), key="bad"))
    for key in ("good", "bad", "better"):
        outbox.put(NOTED, {}, key=key)
    outbox.deliver_due()
    make_due()
    outbox.deliver_due()

    assert list(OutboxEvent.objects.values_list("key", "failures")) == [("bad", 2)]


def test_a_topic_of_another_release_waits_for_it(db: None) -> None:
    OutboxEventFactory(topic="tests.of_tomorrow")
    outbox.deliver_due()

    assert list(OutboxEvent.objects.values_list("topic", "attempts")) == [("tests.of_tomorrow", 0)]


@pytest.mark.parametrize(("handler", "left"), [(lambda events: None, 0), (refuse(ValueError("no")), 1)])
def test_who_wrote_it_delivers_at_once_and_is_not_disturbed(
    handled: Callable[..., None], django_capture_on_commit_callbacks: Any, handler: Handler, left: int
) -> None:
    handled(handler, at_once=True)
    with django_capture_on_commit_callbacks(execute=True):
        outbox.put(NOTED, {})

    assert OutboxEvent.objects.count() == left


def test_a_worker_is_told_once_of_many_events(
    heard: list[list[str]], django_capture_on_commit_callbacks: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[str] = []
    monkeypatch.setattr(broker, "send", lambda task, **options: sent.append(task))
    with django_capture_on_commit_callbacks(execute=True):
        for _ in range(3):
            outbox.put(NOTED, {})

    assert sent == [outbox.DELIVER]


def test_nobody_asks_a_broker_that_has_just_not_answered(monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[str] = []
    monkeypatch.setattr(broker, "circuit", broker.Circuit())
    monkeypatch.setattr(broker.line, "producer", None)
    monkeypatch.setattr(broker.current_app, "send_task", lambda task, **options: fail(tried, task))

    assert [broker.send("tests.any", queue="events") for _ in range(3)] == [False] * 3
    assert tried == ["tests.any"]


def fail(tried: list[str], task: str) -> None:
    tried.append(task)
    raise ConnectionRefusedError
