"""The catalogue's rows, in Pagila's own tables."""

from catalog.models.columns import RecordModel, StampedModel, TextLine
from catalog.models.film import Actor, Category, Film, FilmActor, FilmCategory, Language, Rating

__all__ = [
    "Actor",
    "Category",
    "Film",
    "FilmActor",
    "FilmCategory",
    "Language",
    "Rating",
    "RecordModel",
    "StampedModel",
    "TextLine",
]
