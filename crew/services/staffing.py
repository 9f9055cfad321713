"""Finding people for a production, and booking them."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db import connection
from django.db.models import Count
from django.utils import timezone

from crew.errors import CrewUnavailable, Facts
from crew.models import CrewMember, Production, Role
from crew.querysets.conflicts import busy
from crew.querysets.picking import Picked, picked
from crew.querysets.statements import FREE
from crew.querysets.windows import first_days, nearest
from crew.services.transactions import Moved, lock_people

# How far from the days that were asked for the nearest windows are looked for.
HORIZON = timedelta(days=365)

# In the order in which they were picked; nobody who is not free any more, or changed roles.
BOOK = f"""
    INSERT INTO booking (crew_member_id, employment, production_id, period, role_id)
    SELECT member.id, member.employment, %(production)s, daterange(%(start)s, %(end)s, '[]'), member.role_id
    FROM unnest(%(people)s::bigint[], %(roles)s::bigint[]) WITH ORDINALITY AS chosen (id, role_id, place)
    JOIN crew_member AS member USING (id, role_id)
    WHERE {FREE} ORDER BY chosen.place
"""  # noqa: S608 - constants


@dataclass(frozen=True)
class Staffing:
    """A production, how many people of each role are to be found for it, and how many of each are booked and stay.

    With `allow_gaps` who is not found is left open.
    """

    production: Production
    places: Mapping[int, int]
    staying: Mapping[int, int] = field(default_factory=dict)
    allow_gaps: bool = False

    def carry_out(self, locked: frozenset[int]) -> None:
        """Books whom `picked` names. Raises CrewUnavailable, or Moved when somebody else was quicker.

        A refusal is what one statement saw; people whom others have only locked count as free in it.
        """
        if not self.places:
            return
        found = picked(self.places, self.production.start, self.production.end)
        short = [role for role, places in self.places.items() if found[role].available < places]
        if short and not self.allow_gaps:
            raise self.refusal(short, found)
        chosen = [(person, role) for role in self.places for person in found[role].people]
        if not chosen:
            return
        self.secure(frozenset(person for person, _ in chosen), locked)
        if self.book(chosen) < len(chosen):
            raise Moved(locked)

    def secure(self, people: frozenset[int], locked: frozenset[int]) -> None:
        if not locked:
            lock_people(people)
        elif not people <= locked:
            raise Moved(locked | people)

    def book(self, chosen: list[tuple[int, int]]) -> int:
        people, roles = ([pair[place] for pair in chosen] for place in (0, 1))
        production = self.production
        values: dict[str, Any] = {"production": production.pk, "start": production.start, "end": production.end}
        with connection.cursor() as cursor:
            cursor.execute(BOOK, values | {"people": people, "roles": roles})
            return int(cursor.rowcount)

    def refusal(self, short: list[int], found: Mapping[int, Picked]) -> CrewUnavailable:
        start, end = self.production.start, self.production.end
        names = dict(Role.objects.filter(pk__in=short).values_list("pk", "name"))
        bound = busy(short, start, end, ignoring=self.production.pk)
        uncovered = CrewMember.objects.filter(role__in=short).not_employed_throughout(start, end)
        outside = dict(uncovered.order_by().values_list("role").annotate(n=Count("pk")))
        shortages = [
            {
                "role": names[role],
                "required": self.whole[role],
                "available": found[role].available + self.staying.get(role, 0),
                **bound[role],
                "outside_contract": outside.get(role, 0),
            }
            for role in short
        ]
        return CrewUnavailable(shortages, self.windows())

    @property
    def whole(self) -> Counter[int]:
        """All the people that the production is to have, by role."""
        return Counter(self.places) + Counter(self.staying)

    def windows(self) -> list[Facts]:
        """The nearest days in which there would be enough people, a year around; not in the past unless asked so."""
        start, end = self.production.start, self.production.end
        days = (end - start).days + 1
        today = timezone.localdate()
        first = shifted(start, -HORIZON)
        if start >= today:
            first = max(first, today)
        starts = first_days(self.whole, days, first, shifted(end, HORIZON), ignoring=self.production.pk)
        return [window._asdict() for window in nearest(starts, days, start)]


def shifted(day: date, by: timedelta) -> date:
    """The day so much later or sooner, within what a date can be."""
    limits = date.min - day, date.max - day
    return day + min(max(by, limits[0]), limits[1])
