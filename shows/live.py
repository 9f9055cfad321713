"""Tells the pages of shots that something on them changed: at once, and again from the outbox, should this get lost."""

from collections.abc import Iterable

from pipeline import live
from pipeline.search.rows import written

SHOTS = "shows.shots"


def push_shots(ids: Iterable[int]) -> None:
    push_ranges([written(range(pk, pk + 1) for pk in ids)])


def push_ranges(texts: Iterable[str]) -> None:
    """Each as PostgreSQL writes a multirange of ids."""
    live.push(SHOTS, [{"shots": text} for text in texts])
