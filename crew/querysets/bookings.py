from datetime import date
from typing import TYPE_CHECKING, Self

from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Exists, F, OuterRef, Q

from crew.querysets.expressions import Rows, days_of, json_of
from pipeline.querysets import VersionedQuerySet
from pipeline.services import Actor

if TYPE_CHECKING:
    from crew.models import Booking  # noqa: F401  (the base class names it)

PERSON = (
    "(SELECT json_build_object('id', id, 'full_name', full_name) FROM crew_member WHERE id = booking.crew_member_id)"
)
JOB = "(SELECT json_build_object('id', id, 'title', title) FROM production WHERE id = booking.production_id)"


class BookingQuerySet(VersionedQuerySet["Booking"]):
    def visible_to(self, user: Actor) -> Self:
        """All bookings to who may see the crew's, the own ones to everybody else."""
        return self if user.has_perm("crew.view_booking") else self.filter(crew_member__user=user.pk)

    def overlapping(self, start: date, end: date) -> Self:
        """Bookings that bind somebody on any of the days, both ends included."""
        return self.filter(period__endswith__gt=start, period__startswith__lte=end)

    def outside(self, employment: DateRange) -> Self:
        """Bookings with a day that is not within such a contract."""
        return self.exclude(period__contained_by=employment)

    def clashing(self, start: date, end: date) -> Self:
        """Bookings whose people could not be bound on these days instead: booked otherwise, or not under contract."""
        others = self.model._default_manager.overlapping(start, end).filter(crew_member=OuterRef("crew_member"))
        uncovered = ~Q(crew_member__employment__contains=DateRange(start, end, "[]"))
        return self.filter(uncovered | Exists(others.exclude(pk=OuterRef("pk"))))

    def time_off(self) -> Self:
        return self.filter(production__isnull=True)

    def work(self) -> Self:
        """Bookings for a production."""
        return self.filter(production__isnull=False)

    def as_rows(self) -> Rows:
        """Keys `id, reason, row_version, start, end, role, crew_member: {id, full_name}, production: {id, title}`.

        Role and production of time off are null.
        """
        return self.values("id", "reason", "row_version").annotate(
            **days_of("period"),
            role=F("role__name"),
            crew_member=json_of(PERSON),
            production=json_of(JOB),
        )

    def as_csv_rows(self, *, titles: bool = True) -> Rows:
        """One line a booking; productions' titles only when told so."""
        job = {"production_id": F("production"), "title": F("production__title")} if titles else {}
        person = {"crew_member_id": F("crew_member"), "full_name": F("crew_member__full_name")}
        return self.values("id", "reason").annotate(**person, **job, role=F("role__name"), **days_of("period"))
