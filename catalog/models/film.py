from decimal import Decimal

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVectorField
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Upper

from catalog.models.columns import FoundModel, PaddedLine, RatingField, RecordModel, StampedModel, TextLine, YearField
from catalog.querysets import ActorQuerySet, CategoryQuerySet, FilmQuerySet
from pipeline.models.announced import announced_changes, announced_emptying
from pipeline.querysets import VersionedQuerySet


class Language(RecordModel):
    language_id = models.AutoField(primary_key=True)
    name = PaddedLine(max_length=20)

    objects = VersionedQuerySet["Language"].as_manager()

    class Meta(RecordModel.Meta):
        db_table = "language"
        ordering = ["name"]
        constraints = [models.UniqueConstraint(Upper("name"), name="language_name_unique")]

    def __str__(self) -> str:
        return self.name


class Category(RecordModel):
    """What kind of film it is; a film may be of several."""

    category_id = models.AutoField(primary_key=True)
    name = TextLine(max_length=25)

    objects = CategoryQuerySet.as_manager()

    class Meta(RecordModel.Meta):
        db_table = "category"
        ordering = ["name"]
        verbose_name_plural = "categories"
        constraints = [models.UniqueConstraint(Upper("name"), name="category_name_unique")]

    def __str__(self) -> str:
        return self.name


class Actor(RecordModel):
    """Somebody on the screen; two may have one name."""

    actor_id = models.AutoField(primary_key=True)
    first_name = TextLine(max_length=45)
    last_name = TextLine(max_length=45)

    objects = ActorQuerySet.as_manager()

    class Meta(RecordModel.Meta):
        db_table = "actor"
        ordering = ["last_name", "first_name", "actor_id"]
        indexes = [
            models.Index(fields=["last_name", "first_name", "actor_id"], name="actor_by_name"),
            models.Index(fields=["first_name", "actor_id"], name="actor_by_first_name"),
            GinIndex(OpClass(Upper("last_name"), name="gin_trgm_ops"), name="actor_last_name_words"),
            GinIndex(OpClass(Upper("first_name"), name="gin_trgm_ops"), name="actor_first_name_words"),
        ]

    def __str__(self) -> str:
        return f"{self.first_name} {self.last_name}"


class Rating(models.TextChoices):
    """The ratings of the Motion Picture Association, from the mildest to the strictest."""

    G = "G", "G"
    PG = "PG", "PG"
    PG_13 = "PG-13", "PG-13"
    R = "R", "R"
    NC_17 = "NC-17", "NC-17"


class Film(FoundModel, RecordModel):
    """A film of the catalogue: what it is, for how many days it is lent, and what that costs."""

    film_id = models.AutoField(primary_key=True)
    title = TextLine(max_length=255)
    description = models.TextField(null=True, blank=True, max_length=5000)
    release_year = YearField(null=True, blank=True)
    language = models.ForeignKey(Language, on_delete=models.PROTECT, related_name="films")
    original_language = models.ForeignKey(
        Language, on_delete=models.PROTECT, related_name="original_films", null=True, blank=True
    )
    rental_duration = models.SmallIntegerField(
        default=3, db_default=3, validators=[MinValueValidator(1)], help_text="Days"
    )
    rental_rate = models.DecimalField(
        max_digits=4,
        decimal_places=2,
        default=Decimal("4.99"),
        db_default=Decimal("4.99"),
        validators=[MinValueValidator(0)],
    )
    length = models.SmallIntegerField(null=True, blank=True, validators=[MinValueValidator(1)], help_text="Minutes")
    replacement_cost = models.DecimalField(
        max_digits=5,
        decimal_places=2,
        default=Decimal("19.99"),
        db_default=Decimal("19.99"),
        validators=[MinValueValidator(0)],
    )
    rating = RatingField(max_length=5, choices=Rating, null=True, blank=True, default=Rating.G, db_default=Rating.G)
    special_features = ArrayField(models.TextField(max_length=100), null=True, blank=True)
    streaming_available = models.BooleanField(default=False, db_default=False)
    fulltext = SearchVectorField(db_default="", editable=False)
    # Whose cover and credits its page shows.
    media_item = models.ForeignKey(
        "catalog.MediaItem", on_delete=models.SET_NULL, related_name="films", null=True, blank=True
    )
    categories = models.ManyToManyField(Category, through="FilmCategory", related_name="films")
    actors = models.ManyToManyField(Actor, through="FilmActor", related_name="films")

    objects = FilmQuerySet.as_manager()

    class Meta(RecordModel.Meta):
        db_table = "film"
        ordering = ["film_id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(rental_rate__gte=0, replacement_cost__gte=0), name="film_prices_not_negative"
            ),
            models.CheckConstraint(condition=Q(rental_duration__gte=1), name="film_lent_for_days"),
            models.CheckConstraint(condition=Q(length__isnull=True) | Q(length__gte=1), name="film_length_positive"),
        ]
        indexes = [
            models.Index(fields=["title", "film_id"], name="film_by_title"),
            models.Index(fields=["release_year", "film_id"], name="film_by_release_year"),
            models.Index(fields=["rental_rate", "film_id"], name="film_by_rental_rate"),
            models.Index(fields=["length", "film_id"], name="film_by_length"),
            models.Index(fields=["rating", "film_id"], name="film_by_rating"),
            models.Index(fields=["last_update", "film_id"], name="film_by_last_update"),
            models.Index(fields=["streaming_available", "film_id"], name="film_by_streaming"),
            GinIndex(fields=["fulltext"], name="film_words"),
            GinIndex(OpClass(Upper("title"), name="gin_trgm_ops"), name="film_title_parts"),
        ]
        triggers = [
            *RecordModel.Meta.triggers,
            *announced_changes("films", key="search_number"),
            announced_emptying("films", "film", key="search_number"),
            pgtrigger.Trigger(
                name="film_fulltext",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func="""
                    NEW.fulltext = to_tsvector('pg_catalog.english', concat_ws(' ', NEW.title, NEW.description));
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return self.title


class FilmCategory(StampedModel):
    """That a film is of a category."""

    pk = models.CompositePrimaryKey("film_id", "category_id")
    film = models.ForeignKey(Film, on_delete=models.CASCADE, related_name="+", db_index=False)
    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="film_links")

    class Meta(StampedModel.Meta):
        db_table = "film_category"

    def __str__(self) -> str:
        return f"{self.film_id}: {self.category_id}"


class FilmActor(StampedModel):
    """That somebody plays in a film."""

    pk = models.CompositePrimaryKey("actor_id", "film_id")
    actor = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="film_links", db_index=False)
    film = models.ForeignKey(Film, on_delete=models.CASCADE, related_name="+")

    class Meta(StampedModel.Meta):
        db_table = "film_actor"

    def __str__(self) -> str:
        return f"{self.actor_id}: {self.film_id}"
