"""A change of a production: who goes, who moves along, who comes."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from django.db.backends.postgresql.psycopg_any import DateRange

from crew.errors import DatesClash
from crew.models import Booking, CrewMember, Production
from crew.querysets.conflicts import clashes
from crew.querysets.picking import picked
from crew.services.days import last_of
from crew.services.requirements import keep_requirements
from crew.services.staffing import Staffing
from crew.services.transactions import settled
from crew.services.writing import changed

# So many are named for each who cannot.
MOST_STAND_INS = 5


class Bound(NamedTuple):
    """A booking, whose it is, and in which role."""

    pk: int
    person: int
    role: int


@dataclass(frozen=True)
class Change:
    """What a production, whose row is locked, is to be, and how many of each role were and are wanted."""

    production_id: int
    title: str
    period: DateRange
    before: Mapping[int, int]
    wanted: Mapping[int, int]
    moves: bool
    replace: bool
    allow_gaps: bool

    @cached_property
    def bookings(self) -> list[Bound]:
        """In the order in which they were booked; nobody else changes them while the production is locked."""
        rows = Booking.objects.filter(production=self.production_id).order_by("pk")
        return [Bound(*row) for row in rows.values_list("pk", "crew_member", "role")]

    def settle(self) -> None:
        """Carries all of it out, everybody locked whose booking may change. Raises DatesClash, CrewUnavailable."""
        shrinks = any(self.wanted.get(role, 0) < number for role, number in self.before.items())
        settled(self.carry_out, {booking.person for booking in self.bookings} if self.moves or shrinks else ())

    def carry_out(self, locked: frozenset[int]) -> None:
        """Releases, then moves, then books: nobody who goes stands in the way, and who comes suits the new days."""
        clashing = self.clashing()
        surplus = self.surplus(clashing)
        lost = clashing - surplus
        if lost and not self.replace:
            raise self.refusal(lost)
        going = surplus | lost
        if going:
            Booking.objects.filter(pk__in=going).delete()
        staying = Counter(booking.role for booking in self.bookings if booking.pk not in going)
        places = self.places(staying, Counter(booking.role for booking in self.bookings if booking.pk in lost))
        production = self.write(anew=bool(going or places))
        Staffing(production, places, staying, self.allow_gaps).carry_out(locked)

    def clashing(self) -> set[int]:
        if not self.moves:
            return set()
        bookings = Booking.objects.filter(production=self.production_id)
        return set(bookings.clashing(self.period.lower, last_of(self.period)).values_list("pk", flat=True))

    def surplus(self, clashing: set[int]) -> set[int]:
        """The bookings that fewer requirements release: those whose people cannot anyway, then the latest booked.

        As many as the requirement shrinks by, and none of those that it still covers.
        """
        released: set[int] = set()
        for role, number in self.before.items():
            wanted = self.wanted.get(role, 0)
            booked = [booking.pk for booking in self.bookings if booking.role == role]
            most = min(number - wanted, len(booked) - wanted)
            released |= set(sorted(booked, key=lambda pk: (pk not in clashing, -pk))[: max(most, 0)])
        return released

    def places(self, staying: Mapping[int, int], lost: Mapping[int, int]) -> dict[int, int]:
        """How many of each role are to be found: for those who cannot, and up to a requirement that grew."""
        places = dict(lost)
        for role, wanted in self.wanted.items():
            if wanted > self.before.get(role, 0):
                places[role] = max(places.get(role, 0), wanted - staying.get(role, 0))
        return {role: number for role, number in sorted(places.items()) if number > 0}

    def write(self, *, anew: bool) -> Production:
        """The production as it is to be; its bookings follow its days by themselves."""
        production = Production.objects.get(pk=self.production_id)
        changes = {"title": self.title, "period": self.period}
        if self.wanted != self.before:
            production.requirements.exclude(role__in=self.wanted).delete()
            keep_requirements(production, self.wanted)
        if anew or self.wanted != self.before:
            changes["staffing_changes"] = production.staffing_changes + 1
        return changed(production, changes)

    def refusal(self, lost: set[int]) -> DatesClash:
        start, end = self.period.lower, last_of(self.period)
        count, found = clashes(lost, start, end)
        roles = dict.fromkeys((role for role, _ in found), MOST_STAND_INS)
        free = picked(roles, start, end, but=[booking.person for booking in self.bookings])
        people = [person for role in roles for person in free[role].people]
        names = dict(CrewMember.objects.filter(pk__in=people).values_list("pk", "full_name"))
        stand_ins = {
            role: [{"id": pk, "full_name": names[pk]} for pk in free[role].people if pk in names] for role in roles
        }
        return DatesClash(count, [fact | {"stand_ins": stand_ins[role]} for role, fact in found])
