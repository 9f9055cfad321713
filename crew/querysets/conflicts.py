"""What stands against a booking: the facts that a refusal shows."""

from collections.abc import Collection
from datetime import date
from typing import Any

from crew.querysets.statements import rows_of
from crew.querysets.windows import NO_PRODUCTION

# So many are named; the whole number stands beside them.
MOST_NAMED = 50

BUSY = """
    SELECT role_id, number_of_all, person_id, full_name, production.id, production.title, first_day, last_day
    FROM (
        SELECT member.role_id, member.id AS person_id, member.full_name, booking.production_id,
               lower(booking.period) AS first_day, upper(booking.period) - 1 AS last_day,
               row_number() OVER (PARTITION BY member.role_id ORDER BY upper(booking.period), booking.id) AS number,
               count(*) OVER (PARTITION BY member.role_id) AS number_of_all
        FROM crew_member AS member JOIN booking ON booking.crew_member_id = member.id
             AND upper(booking.period) > %(start)s::date AND lower(booking.period) <= %(end)s::date
        WHERE member.role_id = ANY(%(roles)s::bigint[])
          AND member.employment @> daterange(%(start)s, %(end)s, '[]')
          AND booking.production_id IS DISTINCT FROM %(ignoring)s::bigint
    ) AS found LEFT JOIN production ON production.id = found.production_id
    WHERE number <= %(most)s ORDER BY role_id, number
"""
# Other bookings of the days, and contracts that do not cover them.
CLASHES = """
    SELECT count(*) OVER (), role_id, person_id, full_name, production.id, production.title, first_day, last_day, why
    FROM (
        SELECT own.id, own.role_id, person.id AS person_id, person.full_name, other.production_id,
               lower(other.period) AS first_day, upper(other.period) - 1 AS last_day,
               CASE WHEN other.production_id IS NULL THEN 'time_off' ELSE 'booked' END AS why
        FROM booking AS own JOIN crew_member AS person ON person.id = own.crew_member_id
        JOIN booking AS other ON other.crew_member_id = own.crew_member_id AND other.id <> own.id
             AND upper(other.period) > %(start)s::date AND lower(other.period) <= %(end)s::date
        WHERE own.id = ANY(%(bookings)s::bigint[])
        UNION ALL
        SELECT own.id, own.role_id, person.id, person.full_name, NULL,
               lower(person.employment), upper(person.employment) - 1, 'contract'
        FROM booking AS own JOIN crew_member AS person ON person.id = own.crew_member_id
        WHERE own.id = ANY(%(bookings)s::bigint[]) AND NOT person.employment @> daterange(%(start)s, %(end)s, '[]')
    ) AS found LEFT JOIN production ON production.id = found.production_id
    ORDER BY found.id, first_day LIMIT %(most)s
"""
OUTSIDE = """
    SELECT wanted.id, count(*), min(lower(booking.period)), max(upper(booking.period) - 1)
    FROM unnest(%(people)s::bigint[], %(firsts)s::date[], %(afters)s::date[]) AS wanted (id, first_day, day_after)
    JOIN booking ON booking.crew_member_id = wanted.id
         AND NOT booking.period <@ daterange(wanted.first_day, wanted.day_after)
    GROUP BY wanted.id
"""

Facts = dict[str, Any]


def busy(roles: Collection[int], start: date, end: date, *, ignoring: int | None = None) -> dict[int, Facts]:
    """By role, `busy` (who of it is bound on these days: at most 50, who is free again first) and `busy_count`.

    People whose contract does not cover the days are left out, and what binds people to the production `ignoring`.
    """
    values = {
        "roles": list(roles),
        "start": start,
        "end": end,
        "ignoring": ignoring or NO_PRODUCTION,
        "most": MOST_NAMED,
    }
    found: dict[int, Facts] = {role: {"busy": [], "busy_count": 0} for role in roles}
    for role, count, *bound in rows_of(BUSY, values):
        found[role]["busy"].append(bound_fact(*bound))
        found[role]["busy_count"] = count
    return found


def clashes(bookings: Collection[int], start: date, end: date) -> tuple[int, list[tuple[int, Facts]]]:
    """What keeps the people of these bookings from the days: how much in all, and the first 50, each with its role."""
    values = {"bookings": list(bookings), "start": start, "end": end, "most": MOST_NAMED}
    rows = rows_of(CLASHES, values)
    count = rows[0][0] if rows else 0
    return count, [(role, bound_fact(*bound) | {"reason": why}) for _, role, *bound, why in rows]


def bound_fact(
    person: int, full_name: str, production: int | None, title: str | None, start: date, end: date | None
) -> Facts:
    job = None if production is None else {"id": production, "title": title}
    return {"crew_member": {"id": person, "full_name": full_name}, "production": job, "start": start, "end": end}


def bookings_outside(people: Collection[Any]) -> dict[int, tuple[int, date, date]]:
    """By id, of those who are booked on days that their intended `employment` lacks: how often, from when to when.

    `people` are crew members. One statement, whatever their number.
    """
    found = rows_of(
        OUTSIDE,
        {
            "people": [person.pk for person in people],
            "firsts": [person.employment.lower for person in people],
            "afters": [person.employment.upper for person in people],
        },
    )
    return {person: (count, first, last) for person, count, first, last in found}
