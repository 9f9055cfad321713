"""The search documents of this app. Ids and codes are joined from the rows when they are shown, so none goes stale."""

from django_elasticsearch_dsl import Document, fields
from django_elasticsearch_dsl.registries import registry

from pipeline.search.documents import SETTINGS, STEMS, WORDS
from shows.models import Review


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
