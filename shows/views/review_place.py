"""Where a shot stands in the list that somebody came from, and which shots stand beside it there."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import CharField, Count, F, Q, QuerySet, Value
from django.db.models.functions import Upper
from django.http import QueryDict
from django.urls import reverse

from pipeline.services import Actor
from shows.api.filters import ShotFilter
from shows.models import Shot

# What may order a list, each with its column; the id settles what is equal. Where nothing is said, a show's list goes
# as its board does, sequence by sequence, and a list over all shows by id.
LANE = "lane"
ORDERINGS = {name: name for name in ("code", "status", "created_at", "updated_at")} | {"id": "pk", "board": LANE}
# Says that the list goes over all shows; by default it is the list of the shot's own.
EVERYWHERE = "everywhere"
# What travels from shot to shot: the list, and which notes the reader wants to see.
NOTES = "notes"
KEPT = (*ShotFilter.base_filters, "ordering", EVERYWHERE, NOTES)


@dataclass(frozen=True)
class Neighbour:
    pk: int
    code: str


@dataclass(frozen=True)
class Place:
    """`before` counts the shots ahead of this one; `is_listed` is false once the shot left the list, as approved
    shots leave the list of those to review. `query` travels on, `address` is the list's own."""

    query: str
    address: str
    total: int
    before: int
    is_listed: bool
    previous: Neighbour | None
    next: Neighbour | None

    @property
    def position(self) -> int | None:
        return self.before + 1 if self.is_listed else None


def place_of(shot: Shot, params: QueryDict, by: Actor) -> Place:
    """The shot's place in the list that `params` describe, by the names of the API's list of shots.

    Two queries, whatever the length of the list: neighbours are found by their keys, never by counting rows off.
    """
    kept = kept_of(params)
    shots = listed_shots(shot, kept, by)
    column, descending = ordering_of(kept)
    if column == LANE:
        # That both are of one show goes without saying, but said it leads to the index of the sequences' codes.
        shots = shots.filter(sequence__show=F("show")).annotate(**{LANE: Upper("sequence__code")})
    ahead, behind = beyond(shot, column, not descending), beyond(shot, column, descending)
    counts = shots.order_by().aggregate(
        total=Count("pk"), before=Count("pk", filter=ahead), here=Count("pk", filter=Q(pk=shot.pk))
    )
    beside = dict(neighbours(shots, column, descending, ahead, behind))
    return Place(
        query=kept.urlencode(),
        address=address_of(shot, kept),
        total=counts["total"],
        before=counts["before"],
        is_listed=bool(counts["here"]),
        previous=beside.get("previous"),
        next=beside.get("next"),
    )


def kept_of(params: QueryDict) -> QueryDict:
    """Those of the parameters that travel on."""
    kept = QueryDict(mutable=True)
    for name in KEPT:
        if value := params.get(name):
            kept[name] = str(value)
    return kept


def address_of(shot: Shot, kept: QueryDict) -> str:
    """The page of the list; only its table has an order."""
    page = reverse("shot-index") if EVERYWHERE in kept else reverse("show-page", args=[shot.show.code])
    said = {name: value for name, value in kept.items() if name not in (EVERYWHERE, NOTES)}
    manner = {"view": "table"} if "ordering" in said else {}
    return f"{page}?{urlencode(said | manner)}" if said else page


def listed_shots(shot: Shot, kept: QueryDict, by: Actor) -> QuerySet[Shot]:
    """The list; filters that make no sense count as none, because the page has a shot to show."""
    visible = Shot.objects.visible_to(by)
    filterset = ShotFilter(kept, queryset=visible)
    shots: QuerySet[Shot] = filterset.qs if filterset.is_valid() else visible
    return shots if EVERYWHERE in kept or kept.get("show_id") else shots.filter(show_id=shot.show_id)


def ordering_of(kept: QueryDict) -> tuple[str, bool]:
    """The column of the first term of `ordering`, and whether it descends."""
    term = kept.get("ordering", "").split(",")[0].strip()
    usual = "pk" if EVERYWHERE in kept else LANE
    return ORDERINGS.get(term.removeprefix("-"), usual), term.startswith("-")


def beyond(shot: Shot, column: str, smaller: bool) -> Q:
    """What stands on one side of the shot, as a condition that an index on the column can serve."""
    sign = "lt" if smaller else "gt"
    past = Q(**{f"pk__{sign}": shot.pk})
    if column == "pk":
        return past
    value = shot.sequence.code.upper() if column == LANE else getattr(shot, column)
    return Q(**{f"{column}__{sign}e": value}) & (Q(**{f"{column}__{sign}": value}) | past)


def neighbours(
    shots: QuerySet[Shot], column: str, descending: bool, ahead: Q, behind: Q
) -> Iterator[tuple[str, Neighbour]]:
    """The nearest on both sides, in one statement."""
    sign, against = ("-", "") if descending else ("", "-")
    halves = nearest(shots, ahead, column, against, "previous"), nearest(shots, behind, column, sign, "next")
    for side, pk, code in halves[0].union(halves[1], all=True):
        yield side, Neighbour(pk, code)


def nearest(shots: QuerySet[Shot], condition: Q, column: str, sign: str, side: str) -> QuerySet[Any, Any]:
    ordered = shots.filter(condition).order_by(*dict.fromkeys((f"{sign}{column}", f"{sign}pk")))
    return ordered.annotate(side=Value(side, CharField())).values_list("side", "pk", "code")[:1]
