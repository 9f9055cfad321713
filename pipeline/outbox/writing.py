"""Putting events down, and having them delivered after the commit."""

from collections.abc import Sequence
from datetime import timedelta
from functools import partial
from typing import Any

from django.db import connection, transaction
from django.db.models.functions import Now

from pipeline import broker
from pipeline.models import OutboxEvent
from pipeline.outbox.at_once import deliver_at_once
from pipeline.outbox.topics import TOPICS, Event

# How long the sweeper leaves an event to the process that wrote it.
HEAD_START = timedelta(seconds=5)
DELIVER = "pipeline.deliver_outbox"
QUEUE = "events"


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
