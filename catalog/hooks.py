"""What apps above may plug in: on the pages of films, below a film in the admin, and in answers."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.module_loading import import_string


class Copies(NamedTuple):
    """How many copies of a film there are, and how many of them are in."""

    total: int
    within: int


class Stock(Protocol):
    """Who knows of copies. Querysets are of film ids, one each."""

    def owned(self) -> QuerySet[Any, Any]: ...

    def in_stock(self) -> QuerySet[Any, Any]: ...

    def copies(self, film_ids: Collection[int]) -> Mapping[int, Copies]: ...


@dataclass(frozen=True, slots=True)
class Column:
    """A number beside each film of the list, read in the list's own query: `expression` is of the films.

    A filter that is called `any` while it is off, and `some` when it is on, leaves the films of the condition `has`.
    """

    name: str
    title: str
    expression: Any
    has: Any
    any: str
    some: str


@dataclass(frozen=True, slots=True)
class Panel:
    """A part of a film's page: `template` is drawn with `panel`, which has the `facts`; `style` is a static file."""

    template: str
    facts: dict[str, Any]
    style: str = ""


_columns: list[str] = []
_panels: list[str] = []
_film_inlines: list[Any] = []


def register_column(path: str) -> None:
    """`path` names a function that makes a `Column`."""
    if path not in _columns:
        _columns.append(path)


def register_panel(path: str) -> None:
    """`path` names a function that makes a `Panel` of a request and a film's id, or None for who sees nothing."""
    if path not in _panels:
        _panels.append(path)


def columns() -> list[Column]:
    made: list[Callable[[], Column]] = [import_string(path) for path in _columns]
    return [make() for make in made]


def panels(request: HttpRequest, film_id: int) -> list[Panel]:
    made: list[Callable[[HttpRequest, int], Panel | None]] = [import_string(path) for path in _panels]
    return [panel for panel in (make(request, film_id) for make in made) if panel]


def register_film_inline(inline: Any) -> None:
    """`inline` shows what hangs on a film below its form in the admin."""
    _film_inlines.append(inline)


def film_inlines() -> tuple[Any, ...]:
    return tuple(_film_inlines)


_stock: list[str] = []


def register_stock(path: str) -> None:
    """`path` names who is asked for the copies of films."""
    _stock[:] = [path]


def stock() -> Stock | None:
    """None where nobody keeps copies."""
    found: Stock | None = import_string(_stock[0]) if _stock else None
    return found
