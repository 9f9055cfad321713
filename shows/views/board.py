"""Sequences down, shots across. The first lanes come with the page, the others when they come near."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models.functions import Upper
from django.http import QueryDict

from pipeline.views.paging import Page, page_of
from shows.models import Sequence, ShotStatus
from shows.views.listing import Listing

LANES_A_PAGE = 20
LANES_AT_ONCE = 3
# What a lane shows at most; the table has the rest.
MOST_TILES = 100
Tile = dict[str, Any]


@dataclass(slots=True)
class Lane:
    """A sequence; `found` of its `total` shots are listed. A lane without tiles waits for them."""

    id: int
    code: str
    description: str
    total: int
    found: int
    tiles: list[Tile] = field(default_factory=list)

    @property
    def shown(self) -> int:
        return min(self.found, MOST_TILES)

    @property
    def more(self) -> int:
        return self.found - self.shown

    @property
    def waiting(self) -> range:
        return range(0 if self.tiles else self.shown)


@dataclass(frozen=True, slots=True)
class Board:
    lanes: list[Lane]
    page: Page


def board_of(listing: Listing, params: QueryDict) -> Board:
    """Four queries, whatever the size of the show; with filters, only sequences with shots that match."""
    sequences = Sequence.objects.filter(show=listing.show).order_by(Upper("code"))
    found = listing.found_by_sequence if listing.filters else None
    if found is not None:
        sequences = sequences.filter(pk__in=found)
    total = sequences.count() if found is None else len(found)
    page = page_of(params, total=total, size=LANES_A_PAGE, address=listing.page_address)
    lanes = [lane_of(row, found) for row in page.cut(sequences.as_lanes())]
    fill(lanes[:LANES_AT_ONCE], listing)
    return Board(lanes, page)


def lane_of(row: dict[str, Any], found: Mapping[int, int] | None) -> Lane:
    """Without filters (`found` is None) a lane lists all its shots."""
    total = row["shots_count"]
    number = total if found is None else found.get(row["id"], 0)
    return Lane(row["id"], row["code"], row["description"], total, number)


def fill(lanes: Iterable[Lane], listing: Listing) -> None:
    """Gives the lanes their tiles, by one query."""
    by_id = {lane.id: lane for lane in lanes}
    shots = listing.shots.filter(sequence__in=by_id).first_of_each_sequence(MOST_TILES)
    for row in shots.order_by("sequence", "pk").as_tiles():
        by_id[row["sequence_id"]].tiles.append(labelled(row))


def labelled(row: Tile) -> Tile:
    return row | {"status_label": ShotStatus(row["status"]).label}
