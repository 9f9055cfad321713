"""Shots one below the other."""

from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from pipeline.views.paging import Page, page_of
from shows.models import Shot
from shows.querysets import ShotQuerySet
from shows.views.board import Tile, labelled
from shows.views.listing import Listing
from shows.views.review_rows import ago

SHOTS_A_PAGE = 100


@dataclass(frozen=True, slots=True)
class Heading:
    """A column; `address` leads to the list ordered by it, `sorted` says how it is ordered now."""

    title: str
    address: str = ""
    sorted: str = ""
    css: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    rows: list[Tile]
    page: Page
    headings: list[Heading]


def table_of(listing: Listing, params: QueryDict) -> Table:
    """Three queries, whatever the number of shots."""
    page = page_of(params, total=listing.found, size=SHOTS_A_PAGE, address=listing.page_address)
    ordering = listing.ordering
    ordered = listing.shots.order_by(ordering, "-pk" if ordering.startswith("-") else "pk")
    return Table(tiles_of(page.cut(ordered)), page, list(headings(listing)))


def tiles_of(shots: ShotQuerySet) -> list[Tile]:
    """A page of shots in its order, by two queries: what stands beside a shot is asked for the page's alone."""
    keys = list(shots.values_list("pk", flat=True))
    tiles: Any = Shot.objects.filter(pk__in=keys).as_tiles()
    rows = {row["id"]: labelled(row) | {"ago": ago(row["updated_at"])} for row in tiles}
    return [rows[key] for key in keys if key in rows]


def headings(listing: Listing) -> Any:
    yield sortable("Shot", "code", listing)
    yield Heading("Sequence" if listing.show else "Show and sequence")
    yield sortable("Status", "status", listing)
    yield Heading("Assigned to")
    yield Heading("Frames", css="number")
    yield Heading("Newest")
    yield Heading("Open notes", css="number")
    yield sortable("Changed", "-updated_at", listing)


def sortable(title: str, ordering: str, listing: Listing) -> Heading:
    """Leads to the order, when it has it already to the reverse, and then to none."""
    reverse = ordering[1:] if ordering.startswith("-") else f"-{ordering}"
    following = {ordering: reverse, reverse: None}.get(listing.ordering, ordering)
    now = "" if listing.ordering not in (ordering, reverse) else listing.ordering
    direction = ("descending" if now.startswith("-") else "ascending") if now else ""
    return Heading(title, listing.address(ordering=following), direction)
