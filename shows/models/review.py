import pgtrigger
from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Func, Q

from pipeline.models import VersionedModel
from pipeline.models.announced import announced_changes
from pipeline.models.versioned import counting_changes
from shows.models.change import Change, kept_deletion, kept_history
from shows.models.shot import Shot, ShotStatus, Version
from shows.models.show import Show
from shows.models.shown import shown_changes
from shows.querysets import ReviewQuerySet


class ReviewStatus(models.TextChoices):
    APPROVED = "approved"
    NEEDS_REVISION = "needs_revision", "Needs revision"
    NOTE = "note"


class Lexemes(Func):
    """The stems of a text with their places, by a function of our own that a stored column may use."""

    function = "shows_lexemes"
    output_field = SearchVectorField()


def show_of_shot() -> pgtrigger.Trigger:
    """A trigger that gives a review the show of its shot, whatever the writer says; by its name the first to act."""
    return pgtrigger.Trigger(
        name="adopt_show",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.UpdateOf("shot_id"),
        func="NEW.show_id = (SELECT show_id FROM shows_shot WHERE id = NEW.shot_id); RETURN NEW;",
    )


class Review(VersionedModel):
    """What was said about a shot: by whom (`author`), and who typed it (`created_by`)."""

    shot = models.ForeignKey(Shot, on_delete=models.PROTECT, related_name="reviews", db_index=False)
    # The shot's show, for the search; a trigger fills it in and a composite foreign key keeps it true.
    show = models.ForeignKey(
        Show, on_delete=models.PROTECT, related_name="reviews", db_index=False, editable=False, blank=True
    )
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
    lexemes = models.GeneratedField(expression=Lexemes("body"), output_field=SearchVectorField(), db_persist=True)

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
            # Without the list of what came last, which every search would have to read through.
            # The filters stand in it too: a common word in one show is found without reading all others' notes.
            GinIndex(
                fields=["lexemes", "show", "status", "department", "author"],
                name="shows_review_lexemes",
                # In kilobytes: what came last is read through by every search, and saves a bulk load half its time.
                gin_pending_list_limit=1024,
            ),
        ]
        permissions = [
            ("judge_review", "Can approve a shot or ask for a revision"),
            ("edit_any_review", "Can change and delete what others wrote"),
        ]
        triggers = [
            show_of_shot(),
            # The database writes the lexemes after this trigger, so that they would always look changed.
            counting_changes(but="lexemes"),
            kept_history(Change.Subject.REVIEW, "body", "frame_start", "frame_end", "is_open", shot="NEW.shot_id"),
            kept_deletion(Change.Subject.REVIEW, text="OLD.body", shot="OLD.shot_id"),
            *announced_changes("reviews"),
            *shown_changes("shot_id"),
        ]

    def __str__(self) -> str:
        return f"{self.author}: {self.status}"

    def clean(self) -> None:
        if self.frame_end is not None and (self.frame_start is None or self.frame_end < self.frame_start):
            raise ValidationError({"frame_end": "The last frame needs a first one that does not lie behind it."})
        if self.status == ReviewStatus.NOTE and not self.body:
            raise ValidationError({"body": "A note needs words."})
