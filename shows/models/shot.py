from django.conf import settings
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Upper

from crew.models import CrewMember
from pipeline.models import VersionedModel
from pipeline.models.announced import announced_changes
from shows.models.change import Change, kept_history
from shows.models.show import Sequence, Show, code_check, code_field
from shows.models.shown import shown_changes
from shows.querysets import ShotQuerySet, VersionQuerySet


class ShotMeaning(models.TextChoices):
    """What a status means for the work; code keys on this, never on the word."""

    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    DONE = "done"
    BLOCKED = "blocked"


class ShotStatus(models.TextChoices):
    PENDING = "pending"
    IN_PROGRESS = "in_progress", "In progress"
    REVIEW = "review"
    APPROVED = "approved"
    FINAL = "final"
    ON_HOLD = "on_hold", "On hold"
    OMITTED = "omitted"

    @property
    def meaning(self) -> ShotMeaning:
        return MEANINGS[self]


MEANINGS = {
    ShotStatus.PENDING: ShotMeaning.NOT_STARTED,
    ShotStatus.IN_PROGRESS: ShotMeaning.IN_PROGRESS,
    ShotStatus.REVIEW: ShotMeaning.IN_PROGRESS,
    ShotStatus.APPROVED: ShotMeaning.DONE,
    ShotStatus.FINAL: ShotMeaning.DONE,
    ShotStatus.ON_HOLD: ShotMeaning.BLOCKED,
    ShotStatus.OMITTED: ShotMeaning.BLOCKED,
}


class Shot(VersionedModel):
    """A piece of the cut; frames are integers and both ends belong to it."""

    sequence = models.ForeignKey(Sequence, on_delete=models.PROTECT, related_name="shots")
    # The sequence's show, for the filters; a composite foreign key keeps it true.
    show = models.ForeignKey(Show, on_delete=models.PROTECT, related_name="shots", db_index=False, editable=False)
    code = code_field()
    status = models.CharField(max_length=20, choices=ShotStatus, default=ShotStatus.PENDING)
    assigned_to = models.ForeignKey(
        CrewMember, on_delete=models.SET_NULL, null=True, blank=True, related_name="shots", db_index=False
    )
    description = models.TextField(blank=True, max_length=5000)
    frame_start = models.IntegerField(default=1001)
    frame_end = models.IntegerField(default=1100)
    head_handle = models.IntegerField(default=0, validators=[MinValueValidator(0)])
    tail_handle = models.IntegerField(default=0, validators=[MinValueValidator(0)])
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = ShotQuerySet.as_manager()

    class Meta(VersionedModel.Meta):
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint("sequence", Upper("code"), name="shows_shot_code_unique"),
            # What a review's foreign key (shot, show) points at.
            models.UniqueConstraint(fields=["id", "show"], name="shows_shot_id_show_unique"),
            code_check("shows_shot"),
            models.CheckConstraint(condition=Q(status__in=ShotStatus.values), name="shows_shot_status_known"),
            models.CheckConstraint(condition=Q(frame_end__gte=F("frame_start")), name="shows_shot_frames_in_order"),
            models.CheckConstraint(
                condition=Q(head_handle__gte=0, tail_handle__gte=0), name="shows_shot_handles_not_negative"
            ),
        ]
        indexes = [
            models.Index(fields=["show", "id"], name="shows_shot_of_show"),
            models.Index(fields=["show", "status", "id"], name="shows_shot_of_show_by_status"),
            models.Index(fields=["show", "code", "id"], name="shows_shot_of_show_by_code"),
            models.Index(fields=["status", "id"], name="shows_shot_by_status"),
            models.Index(fields=["assigned_to", "id"], name="shows_shot_of_person"),
            models.Index(fields=["code", "id"], name="shows_shot_by_code"),
            models.Index(fields=["created_at", "id"], name="shows_shot_by_creation"),
            models.Index(fields=["updated_at", "id"], name="shows_shot_by_change"),
            GinIndex(OpClass(Upper("code"), name="gin_trgm_ops"), name="shows_shot_code_words"),
            GinIndex(OpClass(Upper("description"), name="gin_trgm_ops"), name="shows_shot_description_words"),
        ]
        permissions = [
            ("set_shot_status", "Can set any status of a shot"),
            ("set_own_shot_status", "Can set the working statuses of shots assigned to them"),
            ("import_shots", "Can import shots from a file"),
        ]
        triggers = [
            *VersionedModel.Meta.triggers,
            kept_history(
                Change.Subject.SHOT,
                "sequence_id", "code", "status", "assigned_to_id", "description",
                "frame_start", "frame_end", "head_handle", "tail_handle",
                shot="NEW.id",
            ),
            *shown_changes("id", when="update delete"),
            *announced_changes("shots"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.code

    def clean(self) -> None:
        if self.frame_end < self.frame_start:
            raise ValidationError({"frame_end": "The last frame lies before the first."})


class MediaType(models.TextChoices):
    PNG = "image/png", "PNG"
    JPEG = "image/jpeg", "JPEG"
    WEBP = "image/webp", "WebP"
    MP4 = "video/mp4", "MP4"
    WEBM = "video/webm", "WebM"


PICTURES = (MediaType.PNG, MediaType.JPEG, MediaType.WEBP)
VIDEOS = (MediaType.MP4, MediaType.WEBM)
OF_MEDIA = ("media_type", "media_bytes", "width", "height")
OF_VIDEO = ("duration", "frame_rate_numerator", "frame_rate_denominator", "frame_count")


def media_is_whole() -> models.CheckConstraint:
    """All of a picture's facts, all of a video's, or none; a comparison with null would let a row pass."""
    none = absent("media_key", *OF_MEDIA, *OF_VIDEO)
    some = present("media_key", *OF_MEDIA) & Q(media_bytes__gt=0, width__gt=0, height__gt=0)
    picture = some & absent(*OF_VIDEO) & Q(media_type__in=PICTURES)
    positive = Q(**{f"{name}__gt": 0 for name in OF_VIDEO})
    video = some & present(*OF_VIDEO) & positive & Q(media_type__in=VIDEOS)
    return models.CheckConstraint(condition=none | picture | video, name="shows_version_media_whole")


def absent(*columns: str) -> Q:
    return Q(**{f"{column}__isnull": True for column in columns})


def present(*columns: str) -> Q:
    return Q(**{f"{column}__isnull": False for column in columns})


class Version(VersionedModel):
    """Work handed in for review: v001, v002, … of a shot, never deleted, so that the numbers have no gap.

    `media_key` names its files in the storage; `width` and `height` are pixels as shown, `duration` is in seconds.
    """

    shot = models.ForeignKey(Shot, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    department = models.CharField(max_length=50, null=True, blank=True)
    comment = models.TextField(blank=True, max_length=10_000)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    media_key = models.UUIDField(null=True, editable=False)
    media_type = models.CharField(max_length=20, choices=MediaType, null=True, editable=False)
    media_bytes = models.PositiveBigIntegerField(null=True, editable=False)
    width = models.PositiveIntegerField(null=True, editable=False)
    height = models.PositiveIntegerField(null=True, editable=False)
    duration = models.FloatField(null=True, editable=False)
    frame_rate_numerator = models.PositiveIntegerField(null=True, editable=False)
    frame_rate_denominator = models.PositiveIntegerField(null=True, editable=False)
    frame_count = models.PositiveIntegerField(null=True, editable=False)

    objects = VersionQuerySet.as_manager()

    class Meta(VersionedModel.Meta):
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["shot", "number"], name="shows_version_number_unique"),
            # What a review's foreign key (version, shot) points at.
            models.UniqueConstraint(fields=["id", "shot"], name="shows_version_id_shot_unique"),
            models.CheckConstraint(condition=Q(number__gte=1), name="shows_version_number_positive"),
            media_is_whole(),
            models.UniqueConstraint(
                fields=["media_key"], name="shows_version_media_once", condition=Q(media_key__isnull=False)
            ),
        ]
        indexes = [models.Index(fields=["department", "shot"], name="shows_version_of_department")]
        triggers = [*VersionedModel.Meta.triggers, *shown_changes("shot_id")]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return f"v{self.number:03d}"
