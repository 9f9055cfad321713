"""When a production could be staffed."""

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import islice
from typing import NamedTuple

from crew.querysets.statements import rows_of

MOST_WINDOWS = 5
# Days of a window, and of what is searched for one: ten years.
LONGEST = 3660

# Everybody's runs of free days between bookings that are long enough; on which first days how many people of a role
# could begin; and where every role has enough.
FIRST_DAYS = """
    WITH wanted (role_id, places) AS (SELECT * FROM unnest(%(roles)s::bigint[], %(places)s::int[])),
    people AS (
        SELECT member.id, member.role_id, greatest(lower(member.employment), %(first)s::date) AS opens,
               least(upper(member.employment), %(last)s::date + 1) AS closes
        FROM crew_member AS member JOIN wanted USING (role_id)
        WHERE member.employment && daterange(%(first)s, %(last)s, '[]')
    ),
    bounds AS (
        SELECT people.id, people.role_id, people.opens, lower(booking.period) AS closes, upper(booking.period) AS next
        FROM people JOIN booking ON booking.crew_member_id = people.id
             AND upper(booking.period) > %(first)s::date AND lower(booking.period) <= %(last)s::date
        WHERE booking.production_id IS DISTINCT FROM %(ignoring)s::bigint
        UNION ALL
        SELECT id, role_id, opens, closes, closes FROM people
    ),
    runs AS (
        SELECT role_id, closes,
               coalesce(lag(next) OVER (PARTITION BY id ORDER BY closes, next), opens) AS opens
        FROM bounds
    ),
    events AS (
        SELECT role_id, event.day, sum(event.step) AS step
        FROM runs CROSS JOIN LATERAL (VALUES (opens, 1), (closes - %(days)s::int + 1, -1)) AS event (day, step)
        WHERE closes - opens >= %(days)s::int
        GROUP BY role_id, event.day
    ),
    levels AS (
        SELECT role_id, day, sum(step) OVER (PARTITION BY role_id ORDER BY day) AS free,
               lead(day) OVER (PARTITION BY role_id ORDER BY day) AS until
        FROM events
    ),
    enough AS (
        SELECT edge.day, sum(edge.step) AS step
        FROM levels JOIN wanted ON wanted.role_id = levels.role_id AND levels.free >= wanted.places
        CROSS JOIN LATERAL (VALUES (levels.day, 1), (levels.until, -1)) AS edge (day, step)
        GROUP BY edge.day
    ),
    together AS (
        SELECT day, sum(step) OVER (ORDER BY day) AS roles, lead(day) OVER (ORDER BY day) AS until FROM enough
    )
    SELECT day, until - 1 FROM together WHERE roles = cardinality(%(roles)s::bigint[]) ORDER BY day
"""

# Compares with the days off too, which have none.
NO_PRODUCTION = 0


class Window(NamedTuple):
    """Days in which a production could be staffed, both ends included."""

    start: date
    end: date


def first_days(
    places: Mapping[int, int], days: int, first: date, last: date, *, ignoring: int | None = None
) -> list[tuple[date, date]]:
    """The days, as ranges in order, on which so many days could begin that end by `last`.

    `places` are how many people each role needs, at least one role; what binds people to the production `ignoring`
    does not count. One statement, whatever the number of roles, people and bookings.
    """
    if days > min(LONGEST, (last - first).days + 1):
        return []
    values = {
        "roles": list(places), "places": list(places.values()),
        "days": days, "first": first, "last": last, "ignoring": ignoring or NO_PRODUCTION,
    }  # fmt: skip
    return [(opens, closes) for opens, closes in rows_of(FIRST_DAYS, values)]


def earliest(starts: list[tuple[date, date]], days: int) -> list[Window]:
    """At most five windows, each beginning as early as it can after the one before has ended."""
    return [window_from(start, days) for start in islice(onward(starts, days, date.min.toordinal()), MOST_WINDOWS)]


def nearest(starts: list[tuple[date, date]], days: int, wished: date) -> list[Window]:
    """At most five windows that do not overlap, those first whose first day is nearest to the wished one."""
    if not starts:
        return []
    goal = wished.toordinal()
    best = min(
        (min(max(goal, a.toordinal()), b.toordinal()) for a, b in starts), key=lambda day: (abs(day - goal), day)
    )
    later = islice(onward(starts, days, best + days), MOST_WINDOWS)
    sooner = islice(backward(starts, days, best - days), MOST_WINDOWS)
    in_order = sorted([best, *later, *sooner], key=lambda day: (abs(day - goal), day))
    return [window_from(day, days) for day in in_order[:MOST_WINDOWS]]


def onward(starts: list[tuple[date, date]], days: int, begin: int) -> Iterator[int]:
    """First days (as ordinals, which do not end where dates do), each as soon as the window before is over."""
    for opens, closes in starts:
        begin = max(begin, opens.toordinal())
        while begin <= closes.toordinal():
            yield begin
            begin += days


def backward(starts: list[tuple[date, date]], days: int, begin: int) -> Iterator[int]:
    """The same towards the past."""
    for opens, closes in reversed(starts):
        begin = min(begin, closes.toordinal())
        while begin >= opens.toordinal():
            yield begin
            begin -= days


def window_from(start: int, days: int) -> Window:
    return Window(date.fromordinal(start), date.fromordinal(start + days - 1))
