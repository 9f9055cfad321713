"""What somebody does with media: own tags, what they have read, seen, played and heard, and how they liked it."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Upper

from catalog.models.columns import TextLine
from catalog.models.media import MediaItem
from catalog.querysets import FinishQuerySet, MediaStateQuerySet, TaggedMediaQuerySet, TagQuerySet
from pipeline.models import VersionedModel


class Tag(models.Model):
    """A word of somebody's own for some of their media."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False)
    name = TextLine(max_length=64)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = TagQuerySet.as_manager()

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint("user", Upper("name"), name="catalog_tag_name_unique"),
            models.CheckConstraint(condition=~Q(name=""), name="catalog_tag_has_name"),
        ]

    def __str__(self) -> str:
        return self.name


class TaggedMedia(models.Model):
    """That a tag is on an item."""

    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="links", db_index=False)
    media_item = models.ForeignKey(MediaItem, on_delete=models.PROTECT, related_name="tag_links")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = TaggedMediaQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        verbose_name_plural = "tagged media"
        constraints = [models.UniqueConstraint(fields=["tag", "media_item"], name="catalog_tagged_once")]

    def __str__(self) -> str:
        return f"{self.tag_id}: {self.media_item_id}"


class Consumption(models.TextChoices):
    """How far somebody is with an item."""

    WANT = "want_to_consume", "Want to"
    CURRENT = "currently_consuming", "In progress"
    PAUSED = "paused"
    DONE = "consumed", "Finished"
    DROPPED = "dropped"


class MediaState(VersionedModel):
    """What an item is to somebody: how far they are, how they liked it, what they noted."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False)
    media_item = models.ForeignKey(MediaItem, on_delete=models.PROTECT, related_name="states")
    status = models.CharField(max_length=20, choices=Consumption, default=Consumption.WANT)
    rating = models.DecimalField(
        max_digits=3,
        decimal_places=1,
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(10)],
    )
    favorite = models.BooleanField(default=False)
    notes = models.TextField(blank=True, max_length=5000)
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = MediaStateQuerySet.as_manager()

    class Meta(VersionedModel.Meta):
        ordering = ["-updated_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["user", "media_item"], name="catalog_state_unique"),
            models.CheckConstraint(condition=Q(status__in=Consumption.values), name="catalog_state_status_known"),
            models.CheckConstraint(
                condition=Q(rating__isnull=True) | Q(rating__gte=0, rating__lte=10), name="catalog_state_rating_to_ten"
            ),
        ]
        indexes = [
            models.Index(fields=["user", "-updated_at", "-id"], name="catalog_state_by_change"),
            models.Index(fields=["user", "status", "media_item"], name="catalog_state_by_status"),
            models.Index(fields=["user", "media_item"], name="catalog_state_favorites", condition=Q(favorite=True)),
            models.Index(F("user"), F("rating").desc(nulls_last=True), F("media_item"), name="catalog_state_by_rating"),
        ]

    def __str__(self) -> str:
        return f"{self.media_item_id}: {self.status}"


class Finish(models.Model):
    """That somebody finished an item; whoever reads a book twice finishes it twice."""

    state = models.ForeignKey(MediaState, on_delete=models.CASCADE, related_name="finishes", db_index=False)
    finished_at = models.DateTimeField()

    objects = FinishQuerySet.as_manager()

    class Meta:
        ordering = ["-finished_at", "-id"]
        verbose_name_plural = "finishes"
        indexes = [models.Index(fields=["state", "-finished_at", "-id"], name="catalog_finish_by_state")]

    def __str__(self) -> str:
        return f"{self.state_id}: {self.finished_at}"
