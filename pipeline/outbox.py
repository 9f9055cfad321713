"""Everything that must happen after a commit goes through here: search indexing, live pushes, dispatch of jobs.

`put` writes a row in the transaction of the change. When that commits, events of a topic that is delivered `at_once`
are handed to their handler by the process that wrote them; of other topics a worker is told. What was lost on the way
(a process killed, a broker down) the sweeper delivers within seconds. So nothing that is down fails a write, and
nothing is forgotten.

An event may come twice, and events of one key may come in any order: a handler reads the present rows by the ids in
the payload and is done when there is nothing left to do. It gets a list of events of its topic. It raises `TryAgain`
for what will pass, however long that takes; any other error counts, and after MOST_FAILURES the event is dead, which
means that it is kept with its error until a person revives it.
"""

import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from itertools import groupby
from typing import Any, NamedTuple

import structlog
from django.core.exceptions import ImproperlyConfigured
from django.db import connection, transaction
from django.db.models.functions import Now

from pipeline import broker
from pipeline.errors import TryAgain
from pipeline.models import OutboxEvent

log = structlog.get_logger(__name__)

BATCH = 100
MOST_FAILURES = 10
# How long who delivers a batch has for it, before others take it over.
DELIVERY_SECONDS = 60
# How long the sweeper leaves an event to the process that wrote it.
HEAD_START = timedelta(seconds=5)
LONGEST_BACKOFF = 300
DELIVER = "pipeline.deliver_outbox"
QUEUE = "events"
COLUMNS = ("pk", "topic", "key", "payload", "attempts", "failures")


class Event(NamedTuple):
    """A row of the outbox, as handlers see it."""

    id: int
    topic: str
    key: str
    payload: Any
    attempts: int = 0
    failures: int = 0


Handler = Callable[[Sequence[Event]], None]


@dataclass(frozen=True)
class Topic:
    name: str
    handler: Handler
    at_once: bool


TOPICS: dict[str, Topic] = {}


def handles(name: str, *, at_once: bool = False) -> Callable[[Handler], Handler]:
    """Registers the handler of a topic; with `at_once` it must be quick, for who commits waits for it."""

    def register(handler: Handler) -> Handler:
        if TOPICS.setdefault(name, Topic(name, handler, at_once)).handler is not handler:
            raise ImproperlyConfigured(f"There are two handlers of {name}.")
        return handler

    return register


def put(topic: str, payload: Any, *, key: str = "", delay: timedelta = timedelta(0)) -> Event:
    """Writes an event in the present transaction, to be delivered after it, or `delay` later than that."""
    at_once = TOPICS[topic].at_once and not delay
    row = OutboxEvent.objects.create(
        topic=topic, key=key, payload=payload, next_try_at=Now() + (HEAD_START if at_once else delay)
    )
    event = Event(row.pk, topic, key, payload)
    if not delay:
        announce([event])
    return event


def announce(events: Sequence[Event]) -> None:
    """Has events that were just written delivered when the present transaction commits."""
    at_once = [event for event in events if TOPICS[event.topic].at_once]
    if at_once:
        transaction.on_commit(partial(deliver_at_once, at_once), robust=True)
    if len(at_once) < len(events) and not is_told():
        transaction.on_commit(tell_worker, robust=True)


def is_told() -> bool:
    """Whether the last thing to do after the commit is telling a worker: many events in a row need that once."""
    waiting = connection.run_on_commit
    return bool(waiting) and waiting[-1][1] is tell_worker


def tell_worker() -> None:
    broker.send(DELIVER, queue=QUEUE)


def deliver_at_once(events: Sequence[Event]) -> None:
    """Delivers what this process has just committed; what fails stays for the sweeper."""
    done = []
    for topic, group in by_topic(events):
        try:
            topic.handler(group)
        except Exception as error:  # noqa: BLE001 - whatever a handler raises must not reach who committed
            log.warning("event_left_to_sweeper", topic=topic.name, error=repr(error))
        else:
            done += [event.id for event in group]
    forget(done)


def deliver_due() -> int:
    """Delivers one batch of what is due; answers how many events that were.

    Several workers may do this at once: each takes rows that no other holds, and holds them by a lease, so that no
    transaction is open while a handler works.
    """
    events = taken()
    for topic, group in by_topic(events):
        attempt(topic, group)
    return len(events)


def taken() -> list[Event]:
    with transaction.atomic():
        due = list(OutboxEvent.objects.due().select_for_update(skip_locked=True).values_list("pk", flat=True)[:BATCH])
        rows = OutboxEvent.objects.filter(pk__in=due)
        rows.update(next_try_at=Now() + timedelta(seconds=DELIVERY_SECONDS))
        return [Event(*row) for row in rows.order_by("pk").values_list(*COLUMNS)]


def by_topic(events: Iterable[Event]) -> list[tuple[Topic, list[Event]]]:
    """The events by topic, in the order in which they were written; an unknown topic waits for a newer release."""
    ordered = sorted((event for event in events if event.topic in TOPICS), key=lambda event: (event.topic, event.id))
    return [(TOPICS[name], list(group)) for name, group in groupby(ordered, key=lambda event: event.topic)]


def attempt(topic: Topic, events: list[Event]) -> None:
    """Delivers the events together; when that failed before, one by one, so that a bad one does not hold the others."""
    fresh = [event for event in events if not event.attempts]
    for group in [fresh] if fresh else []:
        deliver(topic, group)
    for event in events:
        if event.attempts:
            deliver(topic, [event])


def deliver(topic: Topic, events: list[Event]) -> None:
    try:
        topic.handler(events)
    except TryAgain as error:
        put_back(events, str(error), counts=False)
    except Exception as error:
        log.exception("event_failed", topic=topic.name)
        put_back(events, f"{type(error).__name__}: {error}", counts=True)
    else:
        forget([event.id for event in events])


def put_back(events: list[Event], error: str, *, counts: bool) -> None:
    for event in events:
        failures = event.failures + counts
        OutboxEvent.objects.filter(pk=event.id).update(
            attempts=event.attempts + 1,
            failures=failures,
            error=error[:2000],
            next_try_at=Now() + backoff(event.attempts),
            dead_at=Now() if failures >= MOST_FAILURES else None,
        )


def backoff(failures: int) -> timedelta:
    """1, 2, 4, … seconds and up to half as much again, so that not all come back at once."""
    seconds = min(2 ** min(failures, 20), LONGEST_BACKOFF)
    return timedelta(seconds=seconds * random.uniform(1, 1.5))  # noqa: S311 - no secret


def forget(ids: Sequence[int]) -> None:
    if ids:
        OutboxEvent.objects.filter(pk__in=ids).delete()


def revive(ids: Sequence[int]) -> int:
    """Has dead events tried again; answers how many there were."""
    number = OutboxEvent.objects.dead().filter(pk__in=ids).update(dead_at=None, attempts=0, failures=0)
    if number:
        tell_worker()
    return number
