"""Fills a new index from the rows while searches go on reading the one before."""

import time
from typing import Any

from django.db import connection, transaction

from pipeline import outbox
from pipeline.models import OutboxEvent
from pipeline.outbox import Event
from pipeline.search.index import Index, IndexMissing, answering
from pipeline.search.kinds import KINDS

REBUILD_TOPIC = "search.rebuild"
CHUNK = 500
# An event works so long at most, and leaves the rest to the next: other events wait meanwhile.
BUDGET_SECONDS = 15.0
# Any number that nobody else locks.
LOCK = 7_236_310_452


def start_rebuild(index: Index) -> None:
    """Has a worker fill a new index, unless one is at it."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        if not OutboxEvent.objects.waiting().filter(topic=REBUILD_TOPIC, key=index.kind).exists():
            outbox.put(REBUILD_TOPIC, {}, key=index.kind)


def rebuild_events(events: Any) -> None:
    """Goes on with each rebuild for a while. Raises TryAgain while the engine does not answer."""
    for event in events:
        kind = KINDS.get(event.key)
        if kind and kind.index:
            go_on(kind.index, event)


def go_on(index: Index, event: Event) -> None:
    until = time.monotonic() + BUDGET_SECONDS
    after = event.payload.get("after")
    with answering() as client:
        if after is None:
            index.begin(client)
            after = 0
    try:
        while (after := fill(index, after)) is not None:
            if time.monotonic() > until:
                outbox.put(REBUILD_TOPIC, {"after": after}, key=index.kind)
                return
    except IndexMissing:
        # The engine came back empty in between.
        outbox.put(REBUILD_TOPIC, {}, key=index.kind)


def fill(index: Index, after: int) -> int | None:
    """Writes the rows that follow the id `after`; answers the last one's, or None once all are there and in use."""
    rows = list(index.rows_after(after)[:CHUNK])
    with answering() as client:
        if rows:
            index.write(client, index.next_alias, rows)
            return index.id_of(rows[-1])
        index.adopt(client)
    return None


def rebuild_now(index: Index) -> int:
    """Fills a new index here and now; answers how many rows that were."""
    OutboxEvent.objects.filter(topic=REBUILD_TOPIC, key=index.kind).delete()
    with answering() as client:
        index.begin(client)
    after: int | None = 0
    while after is not None:
        after = fill(index, after)
    return index.rows.count()
