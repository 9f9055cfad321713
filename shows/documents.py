"""The search documents of this app. What only has to be shown is joined from the rows then, so none goes stale."""

from typing import Any

from django_elasticsearch_dsl import Document, fields
from django_elasticsearch_dsl.registries import registry

from pipeline.search.documents import FOLDED, SETTINGS, STEMS, WORDS
from shows.models import Review, Shot


@registry.register_document
class ReviewDocument(Document):
    id = fields.LongField()
    body = fields.TextField(analyzer=STEMS, fields={"words": fields.TextField(analyzer=WORDS)})
    show_id = fields.LongField()
    department = fields.KeywordField()
    status = fields.KeywordField()
    author = fields.KeywordField()
    created_at = fields.DateField()

    class Index:
        name = "reviews"
        settings = SETTINGS

    class Django:
        model = Review
        ignore_signals = True
        auto_refresh = False


@registry.register_document
class ShotDocument(Document):
    id = fields.LongField()
    said = fields.KeywordField(normalizer=FOLDED, multi=True)

    class Index:
        name = "shots"
        settings = SETTINGS

    class Django:
        model = Shot
        ignore_signals = True
        auto_refresh = False

    def get_queryset(self) -> Any:
        return super().get_queryset().select_related("sequence", "show")

    def prepare_said(self, shot: Shot) -> list[str]:
        return [shot.code, shot.sequence.code, shot.show.code, shot.description]
