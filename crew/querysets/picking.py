"""Who is picked for a production."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import NamedTuple

from crew.querysets.statements import FREE, rows_of

# The load of a person: the days bound to productions within 45 days before the first and 45 days after the last day.
# (A person who is free is bound on none of the days between.)
PICK = f"""
    WITH wanted (role_id, places) AS (SELECT * FROM unnest(%(roles)s::bigint[], %(places)s::int[])),
    free AS (
        SELECT member.id, member.role_id FROM crew_member AS member JOIN wanted USING (role_id)
        WHERE {FREE} AND member.id <> ALL(%(but)s::bigint[])
    ),
    ranked AS (
        SELECT free.id, free.role_id,
               row_number() OVER (PARTITION BY free.role_id ORDER BY load.days, free.id) AS rank,
               count(*) OVER (PARTITION BY free.role_id) AS available
        FROM free CROSS JOIN LATERAL (
            SELECT coalesce(sum(least(upper(period), %(end)s::date + 46)
                                - greatest(lower(period), %(start)s::date - 45)), 0) AS days
            FROM booking
            WHERE crew_member_id = free.id AND production_id IS NOT NULL
              AND upper(period) > %(start)s::date - 45 AND lower(period) <= %(end)s::date + 45
        ) AS load
    )
    SELECT role_id, max(available), coalesce(array_agg(id ORDER BY rank) FILTER (WHERE rank <= places), '{{}}')
    FROM ranked JOIN wanted USING (role_id) GROUP BY role_id
"""  # noqa: S608 - constants


class Picked(NamedTuple):
    """How many people of a role are free, and who of them comes first."""

    available: int = 0
    people: tuple[int, ...] = ()


def picked(places: Mapping[int, int], start: date, end: date, *, but: Collection[int] = ()) -> dict[int, Picked]:
    """The people to book for the days, by role: as many as there are places, or as are free.

    Free is who is under contract on each day and bound on none. The least booked in the surrounding 90 days come
    first: those bound to productions on the fewest of the 45 days before and the 45 days after; then the lowest ids.
    The people `but` are left out. One statement, whatever the number of roles and people.
    """
    values = {"roles": list(places), "places": list(places.values()), "start": start, "end": end, "but": list(but)}
    found = {role: Picked(available, tuple(people)) for role, available, people in rows_of(PICK, values)}
    return {role: found.get(role, Picked()) for role in places}
