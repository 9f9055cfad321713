"""Answers about many people at once, as the text of JSON that PostgreSQL writes by itself."""

from datetime import date
from typing import NamedTuple

from crew.querysets.statements import FREE, rows_of

# `role` is a name, regardless of case; null is everybody.
AVAILABLE = f"""
    WITH free AS MATERIALIZED (
        SELECT member.id, member.full_name, member.role_id FROM crew_member AS member
        WHERE (%(role)s::text IS NULL
               OR member.role_id = (SELECT id FROM crew_role WHERE upper(name) = upper(%(role)s::text)))
          AND {FREE}
    ),
    page AS (SELECT * FROM free ORDER BY full_name, id LIMIT %(limit)s OFFSET %(offset)s),
    counts AS (
        SELECT role.name, count(*) AS number FROM free JOIN crew_role AS role ON role.id = free.role_id
        GROUP BY role.name
    )
    SELECT (SELECT coalesce(sum(number), 0)::bigint FROM counts),
           (SELECT coalesce(json_object_agg(name, number ORDER BY name), '{{}}')::text FROM counts),
           (SELECT coalesce(json_agg(json_build_object('id', page.id, 'full_name', page.full_name, 'role', role.name)
                                     ORDER BY page.full_name, page.id), '[]')::text
            FROM page JOIN crew_role AS role ON role.id = page.role_id)
"""  # noqa: S608 - constants
SCHEDULE = """
    WITH people AS MATERIALIZED (
        SELECT member.id, member.full_name, member.employment, role.name AS role
        FROM crew_member AS member JOIN crew_role AS role ON role.id = member.role_id
        WHERE member.employment && daterange(%(start)s, %(end)s, '[]')
          AND (%(role)s::text IS NULL OR upper(role.name) = upper(%(role)s::text))
    ),
    page AS (SELECT * FROM people ORDER BY role, full_name, id LIMIT %(limit)s OFFSET %(offset)s)
    SELECT (SELECT count(*) FROM people),
           (SELECT coalesce(json_agg(json_build_object(
                'crew_member', json_build_object(
                    'id', page.id, 'full_name', page.full_name, 'role', page.role,
                    'hire_date', lower(page.employment), 'fire_date', upper(page.employment) - 1),
                'bookings', bound.bookings) ORDER BY page.role, page.full_name, page.id), '[]')::text
            FROM page CROSS JOIN LATERAL (
                SELECT coalesce(json_agg(json_build_object(
                    'id', booking.id,
                    'production', CASE WHEN production.id IS NOT NULL
                                  THEN json_build_object('id', production.id, 'title', production.title) END,
                    'role', role.name, 'start', lower(booking.period), 'end', upper(booking.period) - 1,
                    'reason', booking.reason) ORDER BY booking.period), '[]') AS bookings
                FROM booking LEFT JOIN production ON production.id = booking.production_id
                LEFT JOIN crew_role AS role ON role.id = booking.role_id
                WHERE booking.crew_member_id = page.id
                  AND upper(booking.period) > %(start)s::date AND lower(booking.period) <= %(end)s::date
            ) AS bound)
"""


class Availability(NamedTuple):
    """How many people are free, by role as a JSON object, and some of them as a JSON array."""

    total: int
    roles: str
    members: str


class Schedule(NamedTuple):
    """How many people there are, and some of them with their bookings as a JSON array."""

    total: int
    rows: str


def availability(start: date, end: date, *, role: str | None = None, offset: int = 0, limit: int) -> Availability:
    """Who is under contract on each of the days and bound on none, by name; `roles` counts all of them.

    `members` are `{id, full_name, role}`. A role that nobody has counts nobody.
    """
    values = {"start": start, "end": end, "role": role, "offset": offset, "limit": limit}
    return Availability(*rows_of(AVAILABLE, values)[0])


def schedule(start: date, end: date, *, role: str | None = None, offset: int = 0, limit: int) -> Schedule:
    """Who is under contract on any of the days, by role and name, and what binds them then.

    Rows are `{crew_member: {id, full_name, role, hire_date, fire_date}, bookings: [{id, production: {id, title} or
    null, role, start, end, reason}]}`, bookings with their whole days in order. One statement.
    """
    values = {"start": start, "end": end, "role": role, "offset": offset, "limit": limit}
    return Schedule(*rows_of(SCHEDULE, values)[0])
