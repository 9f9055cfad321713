from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from pipeline.models import VersionedModel
from shows.models.change import Change, kept_deletion, kept_history
from shows.models.shot import Shot, ShotStatus, Version
from shows.querysets import ReviewQuerySet


class ReviewStatus(models.TextChoices):
    APPROVED = "approved"
    NEEDS_REVISION = "needs_revision", "Needs revision"
    NOTE = "note"


class Review(VersionedModel):
    """What was said about a shot: by whom (`author`), and who typed it (`created_by`)."""

    shot = models.ForeignKey(Shot, on_delete=models.PROTECT, related_name="reviews", db_index=False)
    author = models.CharField(max_length=200)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", db_index=False
    )
    status = models.CharField(max_length=20, choices=ReviewStatus)
    body = models.TextField(blank=True, max_length=10_000)
    department = models.CharField(max_length=50, null=True, blank=True)
    version = models.ForeignKey(Version, on_delete=models.PROTECT, null=True, blank=True, related_name="reviews")
    frame_start = models.IntegerField(null=True, blank=True)
    frame_end = models.IntegerField(null=True, blank=True)
    is_open = models.BooleanField()
    set_shot_status = models.CharField(max_length=20, choices=ShotStatus, null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ReviewQuerySet.as_manager()

    class Meta(VersionedModel.Meta):
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=Q(status__in=ReviewStatus.values), name="shows_review_status_known"),
            models.CheckConstraint(
                condition=Q(frame_end__isnull=True) | Q(frame_start__isnull=False, frame_end__gte=F("frame_start")),
                name="shows_review_frames_in_order",
            ),
            models.CheckConstraint(condition=~Q(status=ReviewStatus.NOTE, body=""), name="shows_review_note_has_words"),
        ]
        indexes = [
            models.Index(fields=["shot", "-id"], name="shows_review_of_shot"),
            models.Index(fields=["department", "shot"], name="shows_review_of_department"),
            models.Index(fields=["shot"], name="shows_review_open", condition=Q(is_open=True)),
        ]
        permissions = [
            ("judge_review", "Can approve a shot or ask for a revision"),
            ("edit_any_review", "Can change and delete what others wrote"),
        ]
        triggers = [
            *VersionedModel.Meta.triggers,
            kept_history(Change.Subject.REVIEW, "body", "frame_start", "frame_end", "is_open", shot="NEW.shot_id"),
            kept_deletion(Change.Subject.REVIEW, text="OLD.body", shot="OLD.shot_id"),
        ]

    def __str__(self) -> str:
        return f"{self.author}: {self.status}"

    def clean(self) -> None:
        if self.frame_end is not None and (self.frame_start is None or self.frame_end < self.frame_start):
            raise ValidationError({"frame_end": "The last frame needs a first one that does not lie behind it."})
        if self.status == ReviewStatus.NOTE and not self.body:
            raise ValidationError({"body": "A note needs words."})
