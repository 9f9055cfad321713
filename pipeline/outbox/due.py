"""Delivery of what is due, batch by batch, by whichever worker is told or sweeps."""

import random
from collections.abc import Sequence
from datetime import timedelta

import structlog
from django.db import transaction
from django.db.models.functions import Now

from pipeline.errors import TryAgain
from pipeline.models import OutboxEvent
from pipeline.outbox.at_once import forget
from pipeline.outbox.topics import Event, Topic, by_topic
from pipeline.outbox.writing import tell_worker

log = structlog.get_logger(__name__)

BATCH = 100
MOST_FAILURES = 10
# How long who delivers a batch has for it, before others take it over.
DELIVERY_SECONDS = 60
LONGEST_BACKOFF = 300
COLUMNS = ("pk", "topic", "key", "payload", "attempts", "failures")


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


def attempt(topic: Topic, events: list[Event]) -> None:
    """Delivers the events together; those that failed before one by one, so that a bad one does not hold the others."""
    if fresh := [event for event in events if not event.attempts]:
        deliver(topic, fresh)
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


def backoff(attempts: int) -> timedelta:
    """1, 2, 4, … seconds and up to half as much again, so that not all come back at once."""
    seconds = min(2 ** min(attempts, 20), LONGEST_BACKOFF)
    return timedelta(seconds=seconds * random.uniform(1, 1.5))  # noqa: S311 - no secret


def revive(ids: Sequence[int]) -> int:
    """Has dead events tried again; answers how many there were."""
    number = OutboxEvent.objects.dead().filter(pk__in=ids).update(dead_at=None, attempts=0, failures=0)
    if number:
        tell_worker()
    return number
