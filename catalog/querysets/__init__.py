"""Every reusable question about films, about the library's media, and about what people do with them."""

from catalog.querysets.films import ActorQuerySet, CategoryQuerySet, FilmQuerySet
from catalog.querysets.media import MediaItemQuerySet
from catalog.querysets.menus import CourseItemQuerySet, CourseQuerySet, MenuQuerySet
from catalog.querysets.personal import FinishQuerySet, MediaStateQuerySet, TaggedMediaQuerySet, TagQuerySet
from catalog.querysets.sources import MediaSourceQuerySet

__all__ = [
    "ActorQuerySet",
    "CategoryQuerySet",
    "CourseItemQuerySet",
    "CourseQuerySet",
    "FilmQuerySet",
    "FinishQuerySet",
    "MediaItemQuerySet",
    "MediaSourceQuerySet",
    "MediaStateQuerySet",
    "MenuQuerySet",
    "TagQuerySet",
    "TaggedMediaQuerySet",
]
