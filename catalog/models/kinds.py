"""What only one kind of media has: a row a media item, in the table of its kind and in no other."""

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q

from catalog.models.columns import TextLine
from catalog.models.media import MediaItem, MediaType

MOST_NAMES = 200


def names_field() -> Any:
    return ArrayField(TextLine(max_length=300), default=list, blank=True, size=MOST_NAMES)


def positive_number(**options: Any) -> Any:
    return models.IntegerField(null=True, blank=True, validators=[MinValueValidator(1)], **options)


class KindModel(models.Model):
    """A row of one kind. The database holds it to an item of that kind: its foreign key has the kind in it."""

    KIND: ClassVar[MediaType]

    class Meta:
        abstract = True

    @property
    def creators(self) -> list[str]:
        """Who made it, the first first."""
        raise NotImplementedError


def only(kind: MediaType, *positive: str) -> list[Any]:
    """That the row is of the kind, and its numbers are positive."""
    numbers = [
        models.CheckConstraint(
            condition=Q(**{f"{name}__isnull": True}) | Q(**{f"{name}__gte": 1}), name=f"catalog_{kind}_{name}_positive"
        )
        for name in positive
    ]
    return [models.CheckConstraint(condition=Q(media_type=kind), name=f"catalog_{kind}_only"), *numbers]


def item_field(name: str) -> Any:
    return models.OneToOneField(MediaItem, on_delete=models.CASCADE, primary_key=True, related_name=name)


def type_field(kind: MediaType) -> Any:
    return models.CharField(max_length=10, default=kind, db_default=kind, editable=False)


class Book(KindModel):
    KIND = MediaType.BOOK
    media_item = item_field("book")
    media_type = type_field(MediaType.BOOK)
    authors = names_field()
    page_count = positive_number()
    isbn = TextLine(max_length=20, blank=True)

    class Meta(KindModel.Meta):
        abstract = False
        constraints = only(MediaType.BOOK, "page_count")

    def __str__(self) -> str:
        return ", ".join(self.authors)

    @property
    def creators(self) -> list[str]:
        return list(self.authors)


class TmdbType(models.TextChoices):
    MOVIE = "movie"
    TV = "tv", "Series"


class Movie(KindModel):
    KIND = MediaType.MOVIE
    media_item = item_field("movie")
    media_type = type_field(MediaType.MOVIE)
    tmdb_type = models.CharField(max_length=5, choices=TmdbType, default=TmdbType.MOVIE, verbose_name="form")
    runtime = positive_number(help_text="Minutes")
    directors = names_field()

    class Meta(KindModel.Meta):
        abstract = False
        constraints = [
            *only(MediaType.MOVIE, "runtime"),
            models.CheckConstraint(condition=Q(tmdb_type__in=TmdbType.values), name="catalog_movie_form_known"),
        ]

    def __str__(self) -> str:
        return ", ".join(self.directors)

    @property
    def creators(self) -> list[str]:
        return list(self.directors)


class Game(KindModel):
    KIND = MediaType.GAME
    media_item = item_field("game")
    media_type = type_field(MediaType.GAME)
    platforms = names_field()
    developers = names_field()

    class Meta(KindModel.Meta):
        abstract = False
        constraints = only(MediaType.GAME)

    def __str__(self) -> str:
        return ", ".join(self.developers)

    @property
    def creators(self) -> list[str]:
        return list(self.developers)


class Music(KindModel):
    KIND = MediaType.MUSIC
    media_item = item_field("music")
    media_type = type_field(MediaType.MUSIC)
    artist = TextLine(max_length=500, blank=True)
    album = TextLine(max_length=500, blank=True)
    track_number = positive_number()
    duration_ms = positive_number(help_text="Thousandths of a second")

    class Meta(KindModel.Meta):
        abstract = False
        verbose_name_plural = "music"
        constraints = only(MediaType.MUSIC, "track_number", "duration_ms")

    def __str__(self) -> str:
        return self.artist

    @property
    def creators(self) -> list[str]:
        return [self.artist] if self.artist else []


KINDS: dict[str, type[KindModel]] = {model.KIND: model for model in (Book, Movie, Game, Music)}
