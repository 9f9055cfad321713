"""What is asked of the review search, and what it answers, whichever engine is behind it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from pipeline.search.query import Query, read_query

# Matches are counted no further, and pages reach no further.
MOST_COUNTED = 5_000
MOST_VALUES = 50
FACETS = ("show", "department", "status", "author")


@dataclass(frozen=True, slots=True)
class ReviewsAsked:
    """`show` is a show's code; `after` and `before` are days, both included."""

    query: Query
    show: str = ""
    department: str = ""
    status: str = ""
    author: str = ""
    after: date | None = None
    before: date | None = None
    limit: int = 50
    offset: int = 0

    @classmethod
    def read(cls, q: str, **filters: Any) -> "ReviewsAsked":
        """Raises NothingToSearch for a `q` without words."""
        return cls(query=read_query(q), **filters)


@dataclass(frozen=True, slots=True)
class Hits:
    """The ids of a page, best first, each with its score; the whole number; and the counts by facet, most first.

    `show` counts by id here.
    """

    scores: dict[int, float] = field(default_factory=dict)
    count: int = 0
    facets: Mapping[str, Mapping[Any, int]] = field(default_factory=dict)

    @property
    def is_exact(self) -> bool:
        return self.count < MOST_COUNTED


@dataclass(frozen=True, slots=True)
class Found:
    """What the doors show: `degraded` says that an engine is configured and did not answer."""

    engine: str
    degraded: bool
    count: int
    count_is_exact: bool
    results: list[dict[str, Any]]
    facets: dict[str, dict[str, int]]
