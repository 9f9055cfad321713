"""The search documents of this app. Both know their row by its `search_number`."""

from typing import Any

from django.db.models import TextField, Value
from django.db.models.functions import Concat
from django_elasticsearch_dsl import Document, fields
from django_elasticsearch_dsl.registries import registry

from catalog.models import Film, MediaItem
from catalog.querysets.words import Plain
from pipeline.search.documents import FOLDED, SETTINGS

# The engine refuses terms of more than 32,766 bytes; a letter has four at most. SQL may write longer texts than we do.
LONGEST = 8000


@registry.register_document
class FilmDocument(Document):
    id = fields.LongField(attr="search_number")
    said = fields.KeywordField(normalizer=FOLDED, multi=True)

    class Index:
        name = "films"
        settings = SETTINGS

    class Django:
        model = Film
        ignore_signals = True
        auto_refresh = False

    def prepare_said(self, film: Film) -> list[str]:
        return [text[:LONGEST] for text in (film.title, film.description) if text]


@registry.register_document
class MediaDocument(Document):
    """PostgreSQL makes the texts plain, as it does what is asked; the engine only parts them at the blanks."""

    id = fields.LongField(attr="search_number")
    title = fields.TextField(attr="plain_title", analyzer="whitespace")
    creator = fields.TextField(attr="plain_creator", analyzer="whitespace")
    description = fields.TextField(attr="plain_description", analyzer="whitespace")

    class Index:
        name = "media"
        settings = SETTINGS

    class Django:
        model = MediaItem
        ignore_signals = True
        auto_refresh = False

    def get_queryset(self) -> Any:
        rows = super().get_queryset().only("id", "search_number", "row_version")
        return rows.annotate(
            plain_title=Plain(Concat("title", Value(" "), "subtitle", output_field=TextField())),
            plain_creator=Plain("creator"),
            plain_description=Plain("description"),
        )
