"""Which shots a page lists: the filters and the order that its address says."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import QueryDict

from crew.models import CrewMember, Role
from pipeline.services import Actor
from shows.api.filters import ShotFilter
from shows.models import Sequence, Shot, ShotStatus, Show
from shows.querysets import ShotQuerySet
from shows.services.imports.codes import is_code

FILTERS = ("status", "assigned_to", "department", "open_notes", "q")
# What tells how the shots are shown, and not which.
MANNERS = {"view": ("table",), "ordering": ("code", "-code", "status", "-status", "updated_at", "-updated_at")}
# More people than these are no list to choose from.
MOST_PEOPLE = 300
Given = Mapping[str, str]


@dataclass(frozen=True)
class Listing:
    """What the address makes no sense of counts as not said."""

    shots: ShotQuerySet
    show: Show | None
    filters: Given
    manners: Given

    @cached_property
    def found(self) -> int:
        return self.shots.order_by().count() if self.is_table else sum(self.found_by_sequence.values())

    @cached_property
    def found_by_sequence(self) -> dict[int, int]:
        return self.shots.count_by_sequence()

    @property
    def is_table(self) -> bool:
        return self.show is None or self.manners.get("view") == "table"

    @property
    def ordering(self) -> str:
        return self.manners.get("ordering", "id")

    @property
    def travel(self) -> str:
        """The query with which a shot's page steps through this list."""
        said = {
            name: value for name, value in {**self.filters, **self.manners}.items() if name in (*FILTERS, "ordering")
        }
        return urlencode(said if self.show else said | {"everywhere": "1"})

    def address(self, **changes: Any) -> str:
        """The query of this list with some of it changed; None takes a part away."""
        said = {**self.filters, **self.manners, **changes}
        return f"?{urlencode({name: value for name, value in said.items() if value is not None})}"

    @property
    def board_address(self) -> str:
        return self.address(view=None, ordering=None)

    @property
    def table_address(self) -> str:
        return self.address(view="table")

    def page_address(self, number: int) -> str:
        return self.address(page=number if number > 1 else None)


def listing_of(params: QueryDict, by: Actor, show: Show | None = None) -> Listing:
    given = {name: value for name in (*FILTERS, "sequence") if (value := str(params.get(name, "")).strip())}
    visible = Shot.objects.visible_to(by)
    filterset = ShotFilter(given, queryset=visible.filter(show=show) if show else visible)
    if not filterset.is_valid():
        given = {name: value for name, value in given.items() if name not in filterset.errors}
        filterset = ShotFilter(given, queryset=filterset.queryset)
    shots: Any = filterset.qs
    if show and (code := given.get("sequence")):
        shots = shots.filter(sequence__in=sequences_called(code, show))
    manners = {name: str(params[name]) for name, known in MANNERS.items() if params.get(name) in known}
    return Listing(shots, show, given, manners)


def sequences_called(code: str, show: Show) -> QuerySet[Sequence]:
    of_show = Sequence.objects.filter(show=show)
    return of_show.called(code) if is_code(code) else of_show.none()


def choices_of(listing: Listing) -> dict[str, Any]:
    """What the filters offer, by two queries whatever the number of shots."""
    shots = Shot.objects.filter(show=listing.show) if listing.show else Shot.objects.all()
    people = CrewMember.objects.filter(pk__in=shots.order_by().values("assigned_to"))
    departments = Role.objects.order_by("department").values_list("department", flat=True).distinct()
    return {
        "statuses": ShotStatus.choices,
        "people": people.values_list("pk", "full_name")[:MOST_PEOPLE],
        "departments": departments,
    }
