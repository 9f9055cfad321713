"""What follows a change of rows that can be found; the database has put an event about it into the outbox."""

from collections import defaultdict
from collections.abc import Sequence

from django.db.models.functions import Now

from pipeline.models import OutboxEvent
from pipeline.models.announced import SEARCH_TOPIC
from pipeline.outbox import Event
from pipeline.search import engine
from pipeline.search.index import Index, IndexMissing
from pipeline.search.kinds import KINDS
from pipeline.search.rebuilding import REBUILD_TOPIC, start_rebuild
from pipeline.search.rows import chunks, pieces, ranges_of, size_of, written

# An event about more rows is cut, so that a bulk load does not hold up what comes after it, nor outlast its lease.
MOST_ROWS = 1000
CHUNK = 500


def index_events(events: Sequence[Event]) -> None:
    """Brings words and documents of the rows that the events name up to what the rows are now.

    Raises TryAgain while an engine is configured and does not answer.
    """
    by_kind: dict[str, list[range]] = defaultdict(list)
    for event in events:
        ranges = ranges_of(event.payload["rows"])
        if size_of(ranges) > MOST_ROWS:
            cut(event, ranges)
        else:
            by_kind[event.key] += ranges
    for name, ranges in by_kind.items():
        index_rows(name, ranges)
    if engine.is_configured():
        hurry()


def cut(event: Event, ranges: list[range]) -> None:
    OutboxEvent.objects.bulk_create(
        OutboxEvent(topic=SEARCH_TOPIC, key=event.key, payload={"rows": written([piece])})
        for piece in pieces(ranges, MOST_ROWS)
    )


def index_rows(name: str, ranges: list[range]) -> None:
    """Words first: both engines go by them. An event about rows that this release does not know is done."""
    kind = KINDS.get(name)
    if kind is None:
        return
    for ids in chunks(ranges, CHUNK):
        for follow in kind.follow:
            follow(ids)
        if kind.index:
            write_documents(kind.index, ids)


def write_documents(index: Index, ids: list[int]) -> None:
    """Has the whole index filled where there is none: the engine is new, or came back empty."""
    try:
        index.follow(ids)
    except IndexMissing:
        start_rebuild(index)


def hurry() -> None:
    """Brings forward what waited for an engine that answers again."""
    OutboxEvent.objects.waiting().filter(topic__in=(SEARCH_TOPIC, REBUILD_TOPIC), attempts__gt=0).update(
        next_try_at=Now()
    )
