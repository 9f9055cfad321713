from datetime import date
from typing import TYPE_CHECKING, Self

from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import BooleanField
from django.db.models.expressions import RawSQL

from crew.querysets.expressions import Rows, days_of, json_of
from pipeline.querysets import VersionedQuerySet
from pipeline.services import Actor

if TYPE_CHECKING:
    from crew.models import Production  # noqa: F401  (the base class names it)

# Of a production's bookings, so many are listed; `bookings_count` says how many there are.
MOST_BOOKINGS = 1000

REQUIREMENTS = """
    (SELECT coalesce(json_object_agg(role.name, wanted.count ORDER BY role.name), '{}')
     FROM production_requirement AS wanted JOIN crew_role AS role ON role.id = wanted.role_id
     WHERE wanted.production_id = production.id)
"""
OPEN = """
    (SELECT coalesce(json_object_agg(role.name, wanted.count - booked.number ORDER BY role.name)
                     FILTER (WHERE wanted.count > booked.number), '{}')
     FROM production_requirement AS wanted JOIN crew_role AS role ON role.id = wanted.role_id
     CROSS JOIN LATERAL (
         SELECT count(*) AS number FROM booking
         WHERE booking.production_id = wanted.production_id AND booking.role_id = wanted.role_id) AS booked
     WHERE wanted.production_id = production.id)
"""
# Whether somebody is still wanted.
UNFILLED = """
    EXISTS (SELECT FROM production_requirement AS wanted
            WHERE wanted.production_id = production.id AND wanted.count > (
                SELECT count(*) FROM booking
                WHERE booking.production_id = wanted.production_id AND booking.role_id = wanted.role_id))
"""
BOOKINGS = f"""
    (SELECT coalesce(json_agg(json_build_object(
                'id', job.id, 'crew_member', json_build_object('id', person.id, 'full_name', person.full_name),
                'role', role.name, 'start', lower(job.period), 'end', upper(job.period) - 1) ORDER BY job.id), '[]')
     FROM (SELECT * FROM booking WHERE production_id = production.id ORDER BY id LIMIT {MOST_BOOKINGS}) AS job
     JOIN crew_member AS person ON person.id = job.crew_member_id
     JOIN crew_role AS role ON role.id = job.role_id)
"""  # noqa: S608 - constants
BOOKINGS_COUNT = "(SELECT count(*) FROM booking WHERE production_id = production.id)"
STAFFING = {
    "requirements": REQUIREMENTS, "bookings": BOOKINGS, "bookings_count": BOOKINGS_COUNT, "open_requirements": OPEN
}  # fmt: skip


class ProductionQuerySet(VersionedQuerySet["Production"]):
    def visible_to(self, user: Actor) -> Self:
        """All productions to who may see them, none to anybody else."""
        return self if user.has_perm("crew.view_production") else self.none()

    def overlapping(self, start: date, end: date) -> Self:
        """Productions that go on on any of the days, both ends included."""
        return self.filter(period__overlap=DateRange(start, end, "[]"))

    def unfilled(self) -> Self:
        """Productions that want more people than are booked."""
        return self.filter(RawSQL(UNFILLED, [], output_field=BooleanField()))  # noqa: S611 - a constant

    def as_rows(self) -> Rows:
        """Keys `id, title, row_version, start, end, requirements, bookings, bookings_count, open_requirements`.

        `requirements` and `open_requirements` are `{role: count}`, `bookings` are `{id, crew_member: {id, full_name},
        role, start, end}`, in the order in which people were booked and at most 1,000.
        """
        return self.values("id", "title", "row_version").annotate(
            **days_of("period"), **{name: json_of(statement) for name, statement in STAFFING.items()}
        )

    def as_bars(self) -> Rows:
        """As `as_rows`, without the bookings themselves: for lists and the schedule."""
        return self.values("id", "title", "row_version").annotate(
            **days_of("period"),
            **{name: json_of(statement) for name, statement in STAFFING.items() if name != "bookings"},
        )

    def as_csv_rows(self) -> Rows:
        """One line a production: its people are the bookings' own list."""
        return self.values("id", "title").annotate(**days_of("period"))
