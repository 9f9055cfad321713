from datetime import date, timedelta
from typing import cast

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.contrib.postgres.indexes import GinIndex, GistIndex, OpClass
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.functions import Now, Upper

from crew.querysets import BookingQuerySet, CrewMemberQuerySet, ProductionQuerySet, RoleQuerySet
from pipeline.models import VersionedModel
from pipeline.models.announced import announced_along, announced_changes
from pipeline.querysets import VersionedQuerySet

# People of one role in one production.
MOST_PLACES = 1000


def lower(column: str) -> Func:
    """The first day of a range, as indexes and questions write it."""
    return Func(F(column), function="lower", output_field=models.DateField())


def upper(column: str) -> Func:
    """The day after the last one of a range, as indexes and questions write it."""
    return Func(F(column), function="upper", output_field=models.DateField())


class Role(VersionedModel):
    """What somebody does: the studio's vocabulary of jobs."""

    name = models.CharField(max_length=100)
    department = models.CharField(max_length=100)

    objects = RoleQuerySet.as_manager()

    class Meta(VersionedModel.Meta):
        db_table = "crew_role"
        ordering = ["name"]
        constraints = [models.UniqueConstraint(Upper("name"), name="crew_role_name_unique")]
        triggers = [
            *VersionedModel.Meta.triggers,
            announced_along(
                "people",
                "SELECT member.id FROM crew_member AS member JOIN new_rows ON new_rows.id = member.role_id "
                "JOIN old_rows ON old_rows.id = new_rows.id WHERE new_rows.row_version <> old_rows.row_version",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class CrewMember(VersionedModel):
    """Somebody under contract: `employment` holds the first and the last day, or has no end."""

    full_name = models.CharField(max_length=200)
    role = models.ForeignKey(Role, on_delete=models.PROTECT, related_name="members")
    employment = DateRangeField()
    email = models.EmailField(blank=True)
    day_rate = models.DecimalField(
        max_digits=10, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0)]
    )
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="crew_member"
    )

    objects = CrewMemberQuerySet.as_manager()

    class Meta(VersionedModel.Meta):
        db_table = "crew_member"
        ordering = ["full_name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["id", "employment"], name="crew_member_id_employment_unique"),
            models.CheckConstraint(
                condition=Q(employment__isempty=False, employment__lower_inf=False),
                name="crew_member_employment_begins",
            ),
            models.CheckConstraint(
                condition=Q(day_rate__isnull=True) | Q(day_rate__gte=0), name="crew_member_day_rate_not_negative"
            ),
        ]
        indexes = [
            models.Index(fields=["full_name", "id"], name="crew_member_by_name"),
            models.Index(lower("employment"), "id", name="crew_member_by_hire_date"),
            GinIndex(OpClass(Upper("full_name"), name="gin_trgm_ops"), name="crew_member_name_words"),
        ]
        permissions = [
            ("view_day_rate", "Can see and set day rates"),
            ("view_own_crewmember", "Can see the own row, bookings and calendar"),
        ]
        triggers = [*VersionedModel.Meta.triggers, *announced_changes("people")]

    def __str__(self) -> str:
        return self.full_name

    @property
    def hire_date(self) -> date:
        return cast(date, self.employment.lower)

    @property
    def fire_date(self) -> date | None:
        """The last day of the contract; None while it is open-ended."""
        end = self.employment.upper
        return end - timedelta(days=1) if end else None


class Production(VersionedModel):
    """A shoot or a job in the house, from its first to its last day."""

    title = models.CharField(max_length=200)
    period = DateRangeField()
    # How often its requirements and bookings were changed, so that the row's version counts these changes too.
    staffing_changes = models.PositiveIntegerField(default=0, db_default=0, editable=False)

    objects = ProductionQuerySet.as_manager()

    class Meta(VersionedModel.Meta):
        db_table = "production"
        ordering = ["title", "id"]
        constraints = [
            models.UniqueConstraint(fields=["id", "period"], name="production_id_period_unique"),
            models.CheckConstraint(
                condition=Q(period__isempty=False, period__lower_inf=False, period__upper_inf=False),
                name="production_period_bounded",
            ),
        ]
        indexes = [
            models.Index(fields=["title", "id"], name="production_by_title"),
            models.Index(lower("period"), "id", name="production_by_start"),
            models.Index(upper("period"), "id", name="production_by_end"),
            GistIndex(fields=["period"], name="production_of_days"),
            GinIndex(OpClass(Upper("title"), name="gin_trgm_ops"), name="production_title_words"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def start(self) -> date:
        return cast(date, self.period.lower)

    @property
    def end(self) -> date:
        return cast(date, self.period.upper) - timedelta(days=1)


class Requirement(VersionedModel):
    """So many people of a role are wanted for a production."""

    production = models.ForeignKey(
        Production, on_delete=models.CASCADE, related_name="requirements", related_query_name="requirement",
        db_index=False,
    )  # fmt: skip
    role = models.ForeignKey(Role, on_delete=models.PROTECT, related_name="requirements")
    count = models.PositiveIntegerField(validators=[MinValueValidator(1), MaxValueValidator(MOST_PLACES)])

    objects = VersionedQuerySet["Requirement"].as_manager()

    class Meta(VersionedModel.Meta):
        db_table = "production_requirement"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["production", "role"], name="production_requirement_once"),
            models.CheckConstraint(condition=Q(count__range=(1, MOST_PLACES)), name="production_requirement_count"),
        ]

    def __str__(self) -> str:
        return f"{self.role}: {self.count}"


class Booking(VersionedModel):
    """Somebody is bound for these days: to a production, in a role, or without one, as time off.

    `employment` and `period` repeat the contract and the production's days; composite foreign keys keep them equal and
    carry every change over, and the constraints below then judge it: the database alone holds these rules.
    """

    # The composite keys refer to the person and to the production; a second reference each would only cost.
    crew_member = models.ForeignKey(
        CrewMember, on_delete=models.PROTECT, related_name="bookings", related_query_name="booking",
        db_constraint=False, db_index=False,
    )  # fmt: skip
    employment = DateRangeField(editable=False)
    production = models.ForeignKey(
        Production, on_delete=models.CASCADE, related_name="bookings", related_query_name="booking",
        null=True, blank=True, db_constraint=False, db_index=False,
    )  # fmt: skip
    period = DateRangeField()
    # What the person was booked as, whatever role the person has later.
    role = models.ForeignKey(
        Role, on_delete=models.PROTECT, related_name="bookings", null=True, blank=True, db_index=False
    )
    reason = models.CharField(max_length=200, blank=True, db_default="")

    objects = BookingQuerySet.as_manager()

    class Meta(VersionedModel.Meta):
        db_table = "booking"
        ordering = ["id"]
        constraints = [
            ExclusionConstraint(
                name="booking_one_a_day",
                expressions=[("crew_member", RangeOperators.EQUAL), ("period", RangeOperators.OVERLAPS)],
            ),
            models.CheckConstraint(condition=Q(employment__contains=F("period")), name="booking_within_contract"),
            models.CheckConstraint(
                condition=Q(period__isempty=False, period__lower_inf=False, period__upper_inf=False),
                name="booking_period_bounded",
            ),
            models.CheckConstraint(
                condition=Q(production__isnull=False, role__isnull=False, reason="")
                | Q(production__isnull=True, role__isnull=True),
                name="booking_is_work_or_time_off",
            ),
        ]
        indexes = [
            # Answers whether somebody is free, and how booked, without a look at the rows. The first day is no key:
            # PostgreSQL 18 thinks that it would have to skip through all last days for it, and takes a worse index.
            models.Index(
                "crew_member", upper("period"), include=["period", "production"], name="booking_of_person_by_day"
            ),
            models.Index(fields=["production", "id"], condition=Q(production__isnull=False), name="booking_of_job"),
            models.Index(fields=["role"], condition=Q(role__isnull=False), name="booking_of_role"),
        ]

    def __str__(self) -> str:
        return f"{self.start} to {self.end}"

    @property
    def start(self) -> date:
        return cast(date, self.period.lower)

    @property
    def end(self) -> date:
        return cast(date, self.period.upper) - timedelta(days=1)


class CalendarToken(models.Model):
    """The secret by which calendar programs read somebody's days: only its digest is kept."""

    crew_member = models.OneToOneField(CrewMember, on_delete=models.CASCADE, related_name="calendar_token")
    digest = models.CharField(max_length=64, editable=False)
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        db_table = "crew_calendar_token"
        ordering = ["crew_member"]

    def __str__(self) -> str:
        return f"{self.crew_member}, made {self.created_at:%Y-%m-%d}"
