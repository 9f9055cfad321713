"""The search documents of this app."""

from typing import Any

from django_elasticsearch_dsl import Document, fields
from django_elasticsearch_dsl.registries import registry

from crew.models import CrewMember
from pipeline.search.documents import FOLDED, SETTINGS


@registry.register_document
class PersonDocument(Document):
    id = fields.LongField()
    said = fields.KeywordField(normalizer=FOLDED, multi=True)

    class Index:
        name = "people"
        settings = SETTINGS

    class Django:
        model = CrewMember
        ignore_signals = True
        auto_refresh = False

    def get_queryset(self) -> Any:
        return super().get_queryset().select_related("role")

    def prepare_said(self, member: CrewMember) -> list[str]:
        return [member.full_name, member.role.name, member.role.department]
