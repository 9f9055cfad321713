from typing import Any
from uuid import uuid4

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVectorField
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Func, GeneratedField, Q

from catalog.models.columns import FoundModel, TextLine
from catalog.querysets import MediaItemQuerySet, MediaSourceQuerySet
from catalog.querysets.words import Plain
from pipeline.models import VersionedModel
from pipeline.models.announced import announced_changes, announced_emptying
from pipeline.models.versioned import counting_changes


class MediaType(models.TextChoices):
    """The four kinds; each has a table of its own for what the others do not have."""

    BOOK = "book"
    MOVIE = "movie", "Movie or series"
    GAME = "game"
    MUSIC = "music"


class ReleasePrecision(models.TextChoices):
    """How much of a release date is known; what is not known is written as January or the first."""

    YEAR = "year"
    MONTH = "month"
    DAY = "day"


class SourceName(models.TextChoices):
    GOOGLE_BOOKS = "google_books", "Google Books"
    TMDB = "tmdb", "TMDB"
    IGDB = "igdb", "IGDB"
    LASTFM = "lastfm", "Last.fm"


class MediaWords(Func):
    """What a search finds an item by: its title before its creators before its description."""

    function = "catalog_media_words"
    output_field = SearchVectorField()


class MediaItem(FoundModel, VersionedModel):
    """A book, a movie or series, a game or a piece of music: what it is called, by whom, and since when it is out."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    media_type = models.CharField(max_length=10, choices=MediaType, verbose_name="kind")
    title = TextLine(max_length=500)
    subtitle = TextLine(max_length=500, blank=True)
    # The authors, directors, developers or the artist of the row of its kind, which the services keep the same.
    creator = TextLine(max_length=2000, blank=True, editable=False)
    description = models.TextField(blank=True, max_length=20_000)
    release_date = models.DateField(null=True, blank=True)
    release_precision = models.CharField(max_length=5, choices=ReleasePrecision, null=True, blank=True)
    cover_image_url = models.URLField(max_length=2000, blank=True)
    metadata: Any = models.JSONField(default=dict, blank=True, encoder=DjangoJSONEncoder)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)
    words = GeneratedField(
        expression=MediaWords(F("title"), F("subtitle"), F("creator"), F("description")),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = MediaItemQuerySet.as_manager()

    class Meta(VersionedModel.Meta):
        ordering = ["title", "id"]
        verbose_name = "media item"
        constraints = [
            # What the rows of the four kinds point at.
            models.UniqueConstraint(fields=["id", "media_type"], name="catalog_media_id_type_unique"),
            models.CheckConstraint(condition=Q(media_type__in=MediaType.values), name="catalog_media_type_known"),
            models.CheckConstraint(condition=~Q(title=""), name="catalog_media_has_title"),
            models.CheckConstraint(
                condition=Q(release_date__isnull=True, release_precision__isnull=True)
                | Q(
                    release_date__isnull=False,
                    release_precision__isnull=False,
                    release_precision__in=ReleasePrecision.values,
                ),
                name="catalog_media_release_precise",
            ),
        ]
        indexes = [
            models.Index(fields=["title", "id"], name="catalog_media_by_title"),
            models.Index(fields=["release_date", "id"], name="catalog_media_by_release"),
            models.Index(fields=["created_at", "id"], name="catalog_media_by_creation"),
            models.Index(fields=["media_type", "title", "id"], name="catalog_media_by_type"),
            GinIndex(fields=["words"], name="catalog_media_words"),
            GinIndex(OpClass(Plain("title"), name="gin_trgm_ops"), name="catalog_media_title_parts"),
            GinIndex(OpClass(Plain("creator"), name="gin_trgm_ops"), name="catalog_media_creator_parts"),
        ]
        # PostgreSQL has not generated the words yet when it asks what changed.
        triggers = [
            counting_changes(but="words"),
            *announced_changes("media", key="search_number"),
            announced_emptying("media", "catalog_mediaitem", key="search_number"),
        ]

    def __str__(self) -> str:
        return self.title


class MediaSource(models.Model):
    """Where an item came from: what a service calls it, and all that it said about it.

    The address of the cover is the service's own, never one that somebody typed; only from there covers are fetched.
    """

    media_item = models.ForeignKey(MediaItem, on_delete=models.CASCADE, related_name="sources")
    source_name = models.CharField(max_length=20, choices=SourceName)
    external_id = TextLine(max_length=500)
    canonical_url = models.URLField(max_length=2000, blank=True)
    cover_url = models.URLField(max_length=2000, blank=True)
    raw_payload: Any = models.JSONField(default=dict)
    # A row of a list of hits says less than the whole answer about one item, and never takes its place.
    is_partial = models.BooleanField(default=False)
    fetched_at = models.DateTimeField()

    objects = MediaSourceQuerySet.as_manager()

    class Meta:
        ordering = ["source_name", "external_id"]
        constraints = [
            models.UniqueConstraint(fields=["source_name", "external_id"], name="catalog_source_unique"),
            models.CheckConstraint(condition=Q(source_name__in=SourceName.values), name="catalog_source_name_known"),
            models.CheckConstraint(condition=~Q(external_id=""), name="catalog_source_has_id"),
        ]
        indexes = [models.Index(fields=["source_name", "fetched_at"], name="catalog_source_by_age")]

    def __str__(self) -> str:
        return f"{self.source_name}: {self.external_id}"
