"""Questions to plan by, with their answers to bad input."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.utils import timezone

from crew.querysets import pages
from crew.querysets.windows import LONGEST, Window, earliest, first_days
from crew.services.days import demand_days
from crew.services.requirements import Requirements, known_requirements

# Days of the schedule at a time: three years.
LONGEST_SCHEDULE = 1096
MOST_PEOPLE = 200


def availability(
    start: date, end: date, *, role: str | None = None, offset: int = 0, limit: int = MOST_PEOPLE
) -> pages.Availability:
    """As `pages.availability`. Raises ValidationError when the last day lies before the first."""
    demand_days(start, end)
    return pages.availability(start, end, role=role, offset=offset, limit=limit)


def schedule(start: date, end: date, *, role: str | None = None, offset: int = 0, limit: int = 50) -> pages.Schedule:
    """As `pages.schedule`. Raises ValidationError for days out of order, and for more than three years of them."""
    demand_days(start, end)
    if (end - start).days >= LONGEST_SCHEDULE:
        raise ValidationError({"end": f"At most {LONGEST_SCHEDULE} days at a time."})
    return pages.schedule(start, end, role=role, offset=offset, limit=limit)


def windows(
    requirements: Requirements, *, days: int, first: date | None = None, last: date | None = None
) -> list[Window]:
    """The earliest ranges of so many days, from `first` (today) to `last` (a year later), that could be staffed.

    At most five; each begins as early as it can after the one before has ended. Raises ValidationError for unknown
    roles and numbers as `read_requirements`, for none, and for days that are out of order or more than ten years.
    """
    wanted = known_requirements(requirements)
    if not wanted:
        raise ValidationError({"requirements": "Name at least one role, such as Director:1."})
    if not 1 <= days <= LONGEST:
        raise ValidationError({"days": f"A whole number from 1 to {LONGEST}."})
    first = first or timezone.localdate()
    last = last or date.fromordinal(min(first.toordinal() + 365, date.max.toordinal()))
    demand_span(first, last)
    return earliest(first_days(wanted, days, first, last), days)


def demand_span(first: date, last: date) -> None:
    if last < first:
        raise ValidationError({"to": "The last day lies before the first."})
    if last - first >= timedelta(days=LONGEST):
        raise ValidationError({"to": f"At most {LONGEST} days at a time."})
