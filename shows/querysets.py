from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.db.models.fields import TextField
from django.db.models.functions import Cast, Concat, Greatest, Length, LPad, NullIf

from pipeline.querysets import VersionedQuerySet
from pipeline.services import Actor

if TYPE_CHECKING:
    # The base classes name them.
    from shows.models import Change, Review, Sequence, Shot, Show, Version  # noqa: F401

# Dictionaries by the names that the API gives the columns.
Rows = models.QuerySet[Any, Any]


def version_name(number: str) -> Concat:
    """`v001` in SQL: at least three digits."""
    digits = Cast(number, TextField())
    return Concat(Value("v"), LPad(digits, Greatest(Value(3), Length(digits)), Value("0")), output_field=TextField())


class ShowQuerySet(VersionedQuerySet["Show"]):
    def visible_to(self, user: Actor) -> Self:
        """All shows to those who work in the studio, none to anybody else."""
        return self if user.has_perm("shows.view_show") else self.none()

    def as_rows(self) -> Rows:
        return self.values("id", "title", "code", "status", "production", "created_at", "row_version")

    def as_csv_rows(self) -> Rows:
        return self.values("id", "code", "title", "status", "production", "created_at")


class SequenceQuerySet(VersionedQuerySet["Sequence"]):
    def visible_to(self, user: Actor) -> Self:
        """All sequences to those who work in the studio, none to anybody else."""
        return self if user.has_perm("shows.view_sequence") else self.none()

    def as_rows(self) -> Rows:
        return self.values("id", "show_id", "code", "description", "created_at", "row_version")

    def as_csv_rows(self) -> Rows:
        return self.values("id", "show_id", "show__code", "code", "description", "created_at")


class ShotQuerySet(VersionedQuerySet["Shot"]):
    def visible_to(self, user: Actor) -> Self:
        """All shots to those who work in the studio, none to anybody else."""
        return self if user.has_perm("shows.view_shot") else self.none()

    def own(self, user: Actor) -> Self:
        """Shots assigned to the crew member who is this account."""
        return self.filter(assigned_to__user=user.pk)

    def of_department(self, department: str) -> Self:
        """Shots with a review or a version of that department."""
        named = [
            # Unordered, so that the index alone answers.
            apps.get_model("shows", name).objects.filter(department=department).order_by().values("shot_id")
            for name in ("Review", "Version")
        ]
        return self.filter(pk__in=named[0].union(named[1]))

    def matching(self, words: str) -> Self:
        """Shots with the words, as they stand, in their code or description."""
        return self.filter(Q(code__icontains=words) | Q(description__icontains=words))

    def as_rows(self) -> Rows:
        return self.values(
            "id", "show_id", "sequence_id", "code", "status", "assigned_to", "description", "frame_start", "frame_end",
            "head_handle", "tail_handle", "created_at", "updated_at", "row_version",
            assigned_to_name=F("assigned_to__full_name"),
        )  # fmt: skip

    def as_csv_rows(self) -> Rows:
        """What the import of shots reads again unchanged, and a few columns for people."""
        return self.values(
            "id", "show__code", "sequence__code", "code", "status", "assigned_to", "frame_start", "frame_end",
            "head_handle", "tail_handle",
            "description", "created_at", "updated_at",
            assigned_to_name=F("assigned_to__full_name"),
        )  # fmt: skip


class VersionQuerySet(VersionedQuerySet["Version"]):
    def visible_to(self, user: Actor) -> Self:
        """All versions to those who work in the studio, none to anybody else."""
        return self if user.has_perm("shows.view_version") else self.none()

    def as_rows(self) -> Rows:
        return self.values(
            "id", "shot_id", "department", "comment", "created_by", "created_at", "row_version",
            name=version_name("number"), created_by_name=F("created_by__display_name"),
        )  # fmt: skip

    def as_csv_rows(self) -> Rows:
        return self.as_rows()


class ReviewQuerySet(VersionedQuerySet["Review"]):
    def visible_to(self, user: Actor) -> Self:
        """All reviews to those who work in the studio, none to anybody else."""
        return self if user.has_perm("shows.view_review") else self.none()

    def as_rows(self) -> Rows:
        return self.values(
            "id", "shot_id", "author", "status", "body", "department", "version", "frame_start", "frame_end",
            "is_open", "set_shot_status", "created_by", "created_at", "row_version",
            created_by_name=F("created_by__display_name"), version_name=version_name_or_null(),
        )  # fmt: skip

    def on_frames(self) -> Self:
        """Reviews about a frame or several, not about the whole shot."""
        return self.filter(frame_start__isnull=False)

    def as_marks(self) -> Rows:
        """What a timeline shows of them."""
        return self.values("id", "frame_start", "frame_end", "status", "is_open")

    def as_csv_rows(self) -> Rows:
        return self.as_rows()


def version_name_or_null() -> Case:
    """The name of a review's version, or null where it is about no version."""
    return Case(When(version__isnull=False, then=version_name("version__number")), default=None)


class ChangeQuerySet(models.QuerySet["Change"]):
    def of_shot(self, shot_id: int) -> Self:
        """What changed on a shot and on its reviews."""
        return self.filter(shot_id=shot_id)

    def of_status(self, shot_id: int) -> Self:
        """The moves of a shot from status to status, newest first."""
        return self.filter(subject="shot", subject_id=shot_id, field="status").order_by("-id")

    def as_rows(self) -> Rows:
        names: dict[str, Any] = {
            "from": F("from_value"),
            "to": F("to_value"),
            "by": NullIf("by_name", Value("", TextField())),
        }
        return self.values("id", "at", "subject", "subject_id", "field", "reason", **names)

    def as_csv_rows(self) -> Rows:
        return self.as_rows()
