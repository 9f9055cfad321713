from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Case, Count, Exists, F, Func, Max, OuterRef, Q, Subquery, Sum, Value, When, Window
from django.db.models.fields import FloatField, TextField
from django.db.models.functions import Cast, Coalesce, Concat, Greatest, Length, LPad, NullIf, RowNumber
from django.urls import reverse

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


def media_address(of_version: str) -> Concat:
    """The address under which a version's file is served, in SQL."""
    before, _, after = reverse(of_version, args=[0]).rpartition("/0/")
    return Concat(Value(f"{before}/"), Cast("id", TextField()), Value(f"/{after}"), output_field=TextField())


def media_address_or_null(of_version: str, **where: Any) -> Case:
    return Case(When(media_key__isnull=False, **where, then=media_address(of_version)), default=None)


def model(name: str) -> Any:
    return apps.get_model("shows", name)


def counted(rows: models.QuerySet[Any], *, by: str) -> Coalesce:
    """How many of the rows hang on the outer one: a subselect, so that no join multiplies anything."""
    counts = rows.filter(**{by: OuterRef("pk")}).order_by().values(by).annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counts, output_field=models.IntegerField()), 0)


def stamped(rows: models.QuerySet[Any], *, by: str) -> Coalesce:
    """A text that is another after each change of the rows that hang on the outer one."""
    of_one = rows.filter(**{by: OuterRef("pk")}).order_by().values(by)
    stamps = of_one.annotate(stamp=joined(".", Count("pk"), Max("pk"), Sum("row_version"))).values("stamp")
    return Coalesce(Subquery(stamps, output_field=TextField()), Value("-"))


def stamp_of_shot() -> Func:
    return joined(
        "/", F("row_version"), *(stamped(model(name).objects.all(), by="shot") for name in ("Review", "Version"))
    )


def joined(separator: str, *parts: Any) -> Func:
    return Func(Value(separator), *parts, function="concat_ws", output_field=TextField())


class ShowQuerySet(VersionedQuerySet["Show"]):
    def visible_to(self, user: Actor) -> Self:
        """All shows to those who work in the studio, none to anybody else."""
        return self if user.has_perm("shows.view_show") else self.none()

    def with_counts(self) -> Self:
        """Beside each show how many sequences it has."""
        return self.annotate(sequences_count=counted(model("Sequence").objects.all(), by="show"))

    def coded(self, code: str) -> Self:
        """The show of that code, regardless of case."""
        return self.filter(code__iexact=code)

    def as_rows(self) -> Rows:
        return self.values("id", "title", "code", "status", "production", "created_at", "row_version")

    def as_csv_rows(self) -> Rows:
        return self.values("id", "code", "title", "status", "production", "created_at")


class SequenceQuerySet(VersionedQuerySet["Sequence"]):
    def visible_to(self, user: Actor) -> Self:
        """All sequences to those who work in the studio, none to anybody else."""
        return self if user.has_perm("shows.view_sequence") else self.none()

    def called(self, code: str) -> Self:
        """The sequence of exactly that code; where there is none, those whose codes begin so. Regardless of case."""
        exactly = self.filter(code__iexact=code)
        return self.filter(Q(code__iexact=code) | (Q(code__istartswith=code) & ~Exists(exactly)))

    def as_lanes(self) -> Rows:
        """What the board shows of a sequence."""
        return self.values("id", "code", "description", shots_count=counted(model("Shot").objects.all(), by="sequence"))

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

    def with_open_notes(self) -> Self:
        """Shots on which at least one review is open."""
        return self.filter(pk__in=model("Review").objects.open().order_by().values("shot_id"))

    def with_note_counts(self) -> Self:
        """Each with the number of its reviews: `all_notes`, `open_notes` and `resolved_notes`."""
        reviews = model("Review").objects.all()
        numbers = self.annotate(all_notes=counted(reviews, by="shot"), open_notes=counted(reviews.open(), by="shot"))
        return numbers.annotate(resolved_notes=F("all_notes") - F("open_notes"))

    def with_stamp(self) -> Self:
        """`stamp` is another text after each change of the shot, of its reviews and of its versions."""
        return self.annotate(stamp=stamp_of_shot())

    def stamps(self) -> dict[int, str]:
        """The stamps of `with_stamp`, by id."""
        return dict(self.order_by().values_list("pk", stamp_of_shot()))

    def first_of_each_sequence(self, number: int) -> Self:
        rank = Window(RowNumber(), partition_by="sequence", order_by="pk")
        return self.filter(pk__in=self.order_by().annotate(rank=rank).filter(rank__lte=number).values("pk"))

    def count_by_status(self) -> Rows:
        """Rows of show, status and `n`."""
        return self.order_by().values("show_id", "status").annotate(n=Count("pk"))

    def count_by_sequence(self) -> dict[int, int]:
        """The number of these shots in each sequence that has any."""
        return dict(self.order_by().values_list("sequence_id").annotate(n=Count("pk")))

    def as_tiles(self) -> Rows:
        """What the board and the tables of the pages show of a shot."""
        reviews = model("Review").objects.open()
        versions = model("Version").objects.filter(shot=OuterRef("pk")).order_by("-number")
        pictures = versions.with_media().values(address=media_address("version-thumbnail"))
        return self.values(
            "id", "show_id", "sequence_id", "code", "status", "frame_start", "frame_end", "updated_at", "description",
            "assigned_to", show_code=F("show__code"), sequence_code=F("sequence__code"),
            person=F("assigned_to__full_name"), open_notes=counted(reviews, by="shot"),
            newest_version=Subquery(versions.values(name=version_name("number"))[:1]),
            thumbnail=Subquery(pictures[:1]),
        )  # fmt: skip

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
            "media_type", "media_bytes", "width", "height", "duration", "frame_rate_numerator",
            "frame_rate_denominator", "frame_count",
            name=version_name("number"), created_by_name=F("created_by__display_name"),
            media_url=media_address_or_null("version-media"),
            thumbnail_url=media_address_or_null("version-thumbnail"),
            poster_url=media_address_or_null("version-poster", duration__isnull=False),
            frame_rate=Cast("frame_rate_numerator", FloatField()) / F("frame_rate_denominator"),
        )  # fmt: skip

    def as_news(self) -> Rows:
        """What was handed in, where and by whom."""
        return self.values(
            "id", "shot_id", "department", "comment", "created_at", name=version_name("number"),
            shot_code=F("shot__code"), sequence=F("shot__sequence__code"), show_code=F("shot__show__code"),
            by=F("created_by__display_name"), thumbnail=media_address_or_null("version-thumbnail"),
        )  # fmt: skip

    def as_files(self) -> Rows:
        """What it takes to serve a version's files under a name for people."""
        return self.values(
            "media_key", "media_type", "number", show=F("shot__show__code"), sequence=F("shot__sequence__code"),
            shot_code=F("shot__code"),
        )  # fmt: skip

    def with_media(self) -> Self:
        return self.filter(media_key__isnull=False)

    def as_csv_rows(self) -> Rows:
        return self.as_rows()


class ReviewQuerySet(VersionedQuerySet["Review"]):
    def visible_to(self, user: Actor) -> Self:
        """All reviews to those who work in the studio, none to anybody else."""
        return self if user.has_perm("shows.view_review") else self.none()

    def open(self) -> Self:
        """What is still to be done or answered."""
        return self.filter(is_open=True)

    def count_by_show(self) -> Rows:
        """Rows of show and `n`."""
        return self.order_by().values("show").annotate(n=Count("pk"))

    def as_rows(self) -> Rows:
        return self.values(
            "id", "shot_id", "author", "status", "body", "department", "version", "frame_start", "frame_end",
            "is_open", "set_shot_status", "created_by", "created_at", "row_version",
            created_by_name=F("created_by__display_name"), version_name=version_name_or_null(),
        )  # fmt: skip

    def as_news(self) -> Rows:
        """What was said, where and by whom."""
        return self.values(
            "id", "shot_id", "author", "status", "body", "department", "frame_start", "created_at",
            shot_code=F("shot__code"), sequence=F("shot__sequence__code"), show_code=F("shot__show__code"),
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

    def of_shots(self) -> Self:
        """What changed on any shot and its reviews."""
        return self.filter(shot_id__isnull=False)

    def as_rows(self, *more: str) -> Rows:
        names: dict[str, Any] = {
            "from": F("from_value"),
            "to": F("to_value"),
            "by": NullIf("by_name", Value("", TextField())),
        }
        return self.values("id", "at", "subject", "subject_id", "field", "reason", *more, **names)

    def as_csv_rows(self) -> Rows:
        return self.as_rows()
