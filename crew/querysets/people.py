import re
from datetime import date
from typing import TYPE_CHECKING, Self

from django.apps import apps
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Exists, F, OuterRef, TextField
from django.db.models.functions import Cast

from crew.querysets.expressions import Rows, days_of
from pipeline.querysets import VersionedQuerySet
from pipeline.services import Actor

if TYPE_CHECKING:
    from crew.models import CrewMember  # noqa: F401  (the base class names it)


# A name with the number that tells namesakes apart.
NUMBERED = re.compile(r"(?P<name>.*\S)\s+#(?P<pk>[0-9]{1,18})")


class CrewMemberQuerySet(VersionedQuerySet["CrewMember"]):
    def visible_to(self, user: Actor) -> Self:
        """Everybody to who may see the crew, the own row to everybody else."""
        return self if user.has_perm("crew.view_crewmember") else self.filter(user=user.pk)

    def called(self, name: str) -> Self:
        """Everybody of that name, regardless of case; `Ada Lovelace #12` is the one of that id."""
        numbered = NUMBERED.fullmatch(name)
        if numbered:
            return self.filter(full_name__iexact=numbered["name"], pk=int(numbered["pk"]))
        return self.filter(full_name__iexact=name)

    def with_namesakes(self) -> Self:
        """Beside each person `has_namesake`: whether somebody else has the name, regardless of case."""
        others = self.model._default_manager.filter(full_name__iexact=OuterRef("full_name"))
        return self.annotate(has_namesake=Exists(others.exclude(pk=OuterRef("pk"))))

    def employed_on(self, day: date) -> Self:
        """Everybody under contract on that day; hire and end date are days of the contract."""
        return self.filter(employment__contains=day)

    def employed_throughout(self, start: date, end: date) -> Self:
        """Everybody under contract on each of the days, both ends included."""
        return self.filter(employment__contains=DateRange(start, end, "[]"))

    def not_employed_throughout(self, start: date, end: date) -> Self:
        """Everybody with a day among these, both ends included, that is not one of the contract."""
        return self.exclude(employment__contains=DateRange(start, end, "[]"))

    def employed_during(self, start: date, end: date) -> Self:
        """Everybody under contract on at least one of the days, both ends included."""
        return self.filter(employment__overlap=DateRange(start, end, "[]"))

    def available(self, start: date, end: date) -> Self:
        """Everybody under contract on each of the days, both ends included, and bound on none of them."""
        bookings = apps.get_model("crew", "Booking").objects.overlapping(start, end)
        return self.employed_throughout(start, end).filter(~Exists(bookings.filter(crew_member=OuterRef("pk"))))

    def as_rows(self) -> Rows:
        """Keys `id, full_name, email, user, row_version, role (its name), hire_date, fire_date, day_rate (text)`."""
        return self.values("id", "full_name", "email", "user", "row_version").annotate(
            role=F("role__name"),
            **days_of("employment", "hire_date", "fire_date"),
            day_rate=Cast("day_rate", TextField()),
        )

    def as_csv_rows(self, *, rates: bool = False) -> Rows:
        """The columns of an import, day rates only when told so."""
        rate = ("day_rate",) if rates else ()
        return self.values("id", "full_name", "email", *rate).annotate(
            department=F("role__department"),
            role=F("role__name"),
            **days_of("employment", "hire_date", "fire_date"),
        )
