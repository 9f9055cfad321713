from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Upper

from crew.models import Production
from pipeline.models import VersionedModel
from pipeline.models.announced import announced_along
from shows.models.change import Change, kept_history
from shows.querysets import SequenceQuerySet, ShowQuerySet

CODE_PATTERN = r"^[A-Za-z0-9_.\-]{1,20}$"
validate_code = RegexValidator(
    r"\A[A-Za-z0-9_.\-]{1,20}\Z", "A code is 1 to 20 ASCII letters, digits, underscores, dots or hyphens."
)


def code_field() -> "models.CharField[str, str]":
    """A code is text for ever: 0010 is not 10."""
    return models.CharField(max_length=20, validators=[validate_code])


def code_check(table: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=Q(code__regex=CODE_PATTERN), name=f"{table}_code_plain")


class ShowStatus(models.TextChoices):
    DEVELOPMENT = "development"
    ACTIVE = "active"
    ON_HOLD = "on_hold", "On hold"
    COMPLETE = "complete"
    ARCHIVED = "archived"


def shots_of_renamed(column: str) -> str:
    """SQL for the ids of shots whose show or sequence has got another code."""
    return (
        f"SELECT shot.id FROM shows_shot AS shot JOIN new_rows ON new_rows.id = shot.{column} "  # noqa: S608
        "JOIN old_rows ON old_rows.id = new_rows.id WHERE new_rows.code <> old_rows.code"
    )


class Show(VersionedModel):
    title = models.CharField(max_length=200)
    code = code_field()
    status = models.CharField(max_length=20, choices=ShowStatus, default=ShowStatus.ACTIVE)
    production = models.ForeignKey(Production, on_delete=models.SET_NULL, null=True, blank=True, related_name="shows")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ShowQuerySet.as_manager()

    class Meta(VersionedModel.Meta):
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(Upper("code"), name="shows_show_code_unique"),
            code_check("shows_show"),
            models.CheckConstraint(condition=Q(status__in=ShowStatus.values), name="shows_show_status_known"),
        ]
        triggers = [
            *VersionedModel.Meta.triggers,
            kept_history(Change.Subject.SHOW, "title", "code", "status", "production_id"),
            announced_along("shots", shots_of_renamed("show_id")),
        ]

    def __str__(self) -> str:
        return self.code


class Sequence(VersionedModel):
    show = models.ForeignKey(Show, on_delete=models.PROTECT, related_name="sequences")
    code = code_field()
    description = models.TextField(blank=True, max_length=5000)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = SequenceQuerySet.as_manager()

    class Meta(VersionedModel.Meta):
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint("show", Upper("code"), name="shows_sequence_code_unique"),
            # What a shot's foreign key (sequence, show) points at.
            models.UniqueConstraint(fields=["id", "show"], name="shows_sequence_id_show_unique"),
            code_check("shows_sequence"),
        ]
        triggers = [
            *VersionedModel.Meta.triggers,
            kept_history(Change.Subject.SEQUENCE, "code", "description"),
            announced_along("shots", shots_of_renamed("sequence_id")),
        ]

    def __str__(self) -> str:
        return self.code
