from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q, QuerySet
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

MOST_NAMES = 50


@extend_schema_field({"type": "string", "maxLength": 100})
class NameField(serializers.Field[Any, Any, Any, Any]):
    """A row by its name, regardless of case."""

    default_error_messages = {"unknown": "There is none of the name {name!r}."}

    def __init__(self, *, queryset: QuerySet[Any], **kwargs: Any) -> None:
        self.queryset = queryset
        self.text = serializers.CharField(max_length=100)
        super().__init__(**kwargs)

    def to_internal_value(self, data: Any) -> Any:
        name = self.text.run_validation(data)
        row = self.queryset.filter(name__iexact=name).first()
        if row is None:
            self.fail("unknown", name=name)
        return row

    def to_representation(self, value: Any) -> str:
        return str(value)


class NamesField(serializers.ListField):
    """Several rows by their names, regardless of case, each once, fetched by one query."""

    default_error_messages = {"unknown": "There is none of the name {name!r}."}

    def __init__(self, *, queryset: QuerySet[Any], **kwargs: Any) -> None:
        self.queryset = queryset
        super().__init__(child=serializers.CharField(max_length=100), max_length=MOST_NAMES, **kwargs)

    def to_internal_value(self, data: Any) -> list[Any]:
        names = super().to_internal_value(data)
        if not names:
            return []
        rows = self.queryset.filter(reduce(or_, (Q(name__iexact=name) for name in names)))
        found = {row.name.casefold(): row for row in rows}
        for name in names:
            if name.casefold() not in found:
                self.fail("unknown", name=name)
        return list({found[name.casefold()].pk: found[name.casefold()] for name in names}.values())
