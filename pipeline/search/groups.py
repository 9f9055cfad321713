"""The groups of the one search: each app registers its own, and the doors ask all that the caller may read."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

from pipeline.search.query import Query

if TYPE_CHECKING:
    from pipeline.services import Actor


@dataclass(frozen=True, slots=True)
class Hit:
    """`snippet` is escaped, with `<mark>` around what was found; `url` is that of a page."""

    id: Any
    title: str
    url: str
    snippet: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """`count` is the whole number, which may be counted no further than the group's app says."""

    count: int = 0
    results: list[Hit] = field(default_factory=list)
    engine: str = "postgresql"
    degraded: bool = False


Search: TypeAlias = "Callable[[Query, Actor, int], Group]"


@dataclass(frozen=True, slots=True)
class Source:
    """`may_read` tells who sees the group at all; `search` finds nothing else than what the actor may open."""

    name: str
    title: str
    may_read: "Callable[[Actor], bool]"
    search: Search


SOURCES: dict[str, Source] = {}


def register_group(name: str, title: str, *, may_read: "Callable[[Actor], bool]", search: Search) -> None:
    SOURCES[name] = Source(name, title, may_read, search)


def sources_for(user: "Actor") -> list[Source]:
    return [source for source in SOURCES.values() if source.may_read(user)]


def search_groups(query: Query, user: "Actor", limit: int) -> dict[str, Group]:
    """What each group that the actor may read has, at most `limit` results of each."""
    return {source.name: source.search(query, user, limit) for source in sources_for(user)}
