"""Delivery by the process that wrote the events, right after its commit."""

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import structlog
from django.db import Error, connection

from pipeline.errors import TryAgain
from pipeline.outbox.topics import Event, by_topic

log = structlog.get_logger(__name__)

# Nobody waits for the disk: an event whose deletion a crash of the database undid comes once more.
FORGET = """
DELETE FROM pipeline_outboxevent USING (SELECT set_config('synchronous_commit', 'off', true)) AS hurry
WHERE id = ANY(%s)
"""


class Delivered(threading.local):
    """What this thread has delivered and not deleted yet."""

    def __init__(self) -> None:
        self.ids: list[int] = []
        self.depth = 0


delivered = Delivered()


def deliver_at_once(events: Sequence[Event]) -> None:
    """Delivers what this process has just committed; what fails stays for the sweeper."""
    with forgetting_together():
        for topic, group in by_topic(events):
            try:
                topic.handler(group)
            except TryAgain as error:
                log.debug("event_left_to_sweeper", topic=topic.name, error=str(error))
            except Exception as error:  # noqa: BLE001 - whatever a handler raises must not reach who committed
                log.warning("event_left_to_sweeper", topic=topic.name, error=repr(error))
            else:
                delivered.ids += [event.id for event in group]


@contextmanager
def forgetting_together() -> Iterator[None]:
    """Deletes what is delivered meanwhile in one statement at the end; who is killed before delivers it once more."""
    delivered.depth += 1
    try:
        yield
    finally:
        delivered.depth -= 1
        if not delivered.depth and delivered.ids:
            ids, delivered.ids = delivered.ids, []
            try:
                forget(ids)
            except Error as error:
                log.warning("events_not_forgotten", error=repr(error))


def forget(ids: Sequence[int]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(FORGET, [list(ids)])
