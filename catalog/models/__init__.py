"""The catalogue's rows: films in Pagila's own tables, and the library's media in ours."""

from catalog.models.columns import RecordModel, StampedModel, TextLine
from catalog.models.film import Actor, Category, Film, FilmActor, FilmCategory, Language, Rating
from catalog.models.kinds import KINDS, Book, Game, KindModel, Movie, Music, TmdbType
from catalog.models.media import MediaItem, MediaSource, MediaType, ReleasePrecision, SourceName
from catalog.models.menu import Course, CourseItem, Menu
from catalog.models.personal import Consumption, Finish, MediaState, Tag, TaggedMedia

__all__ = [
    "KINDS",
    "Actor",
    "Book",
    "Category",
    "Consumption",
    "Course",
    "CourseItem",
    "Film",
    "FilmActor",
    "FilmCategory",
    "Finish",
    "Game",
    "KindModel",
    "Language",
    "MediaItem",
    "MediaSource",
    "MediaState",
    "MediaType",
    "Menu",
    "Movie",
    "Music",
    "Rating",
    "RecordModel",
    "ReleasePrecision",
    "SourceName",
    "StampedModel",
    "Tag",
    "TaggedMedia",
    "TextLine",
    "TmdbType",
]
