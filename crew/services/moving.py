"""Where a production could move to."""

from datetime import date

from django.utils import timezone

from crew.querysets.together import first_days_of
from crew.querysets.windows import Window, nearest
from crew.services.staffing import HORIZON, shifted


def windows_for(production_id: int, start: date, end: date) -> list[Window]:
    """The nearest ranges, each as long as the wished days, in which everybody who is booked for it is free.

    At most five, within a year around the wished days; none begins in the past unless the wished days do.
    """
    days, today = (end - start).days + 1, timezone.localdate()
    first = shifted(start, -HORIZON)
    if start >= today:
        first = max(first, today)
    starts = first_days_of(production_id, days, first, shifted(end, HORIZON))
    return nearest(starts, days, start)
