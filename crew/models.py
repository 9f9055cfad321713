from datetime import date, timedelta
from typing import cast

from django.conf import settings
from django.contrib.postgres.fields import DateRangeField
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Upper

from crew.querysets import CrewMemberQuerySet
from pipeline.models import VersionedModel
from pipeline.querysets import VersionedQuerySet


class Role(VersionedModel):
    """What somebody does: the studio's vocabulary of jobs."""

    name = models.CharField(max_length=100)
    department = models.CharField(max_length=100)

    objects = VersionedQuerySet["Role"].as_manager()

    class Meta(VersionedModel.Meta):
        db_table = "crew_role"
        ordering = ["name"]
        constraints = [models.UniqueConstraint(Upper("name"), name="crew_role_name_unique")]

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
        permissions = [("view_day_rate", "Can see and set day rates")]

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

    objects = VersionedQuerySet["Production"].as_manager()

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

    def __str__(self) -> str:
        return self.title

    @property
    def start(self) -> date:
        return cast(date, self.period.lower)

    @property
    def end(self) -> date:
        return cast(date, self.period.upper) - timedelta(days=1)
