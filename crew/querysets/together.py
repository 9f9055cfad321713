"""When certain people could work together."""

from datetime import date, timedelta

from crew.querysets.statements import rows_of

# What all their contracts share, without every day on which one of them is bound to something else.
COMMON_GAPS = """
    WITH people AS (SELECT DISTINCT crew_member_id AS id FROM booking WHERE production_id = %(production)s),
    shared AS (
        SELECT range_intersect_agg(employment) * daterange(%(first)s, %(last)s, '[]') AS days
        FROM crew_member JOIN people USING (id)
    ),
    bound AS (
        SELECT range_agg(period) AS days FROM booking JOIN people ON people.id = booking.crew_member_id
        WHERE booking.production_id IS DISTINCT FROM %(production)s
          AND upper(period) > %(first)s::date AND lower(period) <= %(last)s::date
    )
    SELECT lower(gap), upper(gap) - 1
    FROM shared, bound, unnest(datemultirange(shared.days) - coalesce(bound.days, '{}')) AS gap ORDER BY gap
"""


def first_days_of(production_id: int, days: int, first: date, last: date) -> list[tuple[date, date]]:
    """The days, as ranges in order, on which so many days could begin that suit everybody booked for a production.

    One statement, whatever the number of people and bookings.
    """
    values = {"production": production_id, "first": first, "last": last}
    gaps = rows_of(COMMON_GAPS, values)
    return [(opens, closes - timedelta(days=days - 1)) for opens, closes in gaps if (closes - opens).days + 1 >= days]
