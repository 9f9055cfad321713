"""What can be found: an app names each kind of its rows here, with what happens when some of them changed."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field

from pipeline.search.index import Index

Follow = Callable[[Collection[int]], None]


@dataclass(frozen=True)
class Kind:
    """`follow` are told the ids of rows that were written or are gone; each reads the rows as they are now.

    `tidy` are done by `manage.py search_check`, and say what they did.
    """

    name: str
    follow: list[Follow] = field(default_factory=list)
    index: Index | None = None
    tidy: list[Callable[[], str]] = field(default_factory=list)


KINDS: dict[str, Kind] = {}


def register_kind(kind: Kind) -> None:
    KINDS[kind.name] = kind
