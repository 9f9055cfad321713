from typing import Any

from django.db import models
from rest_framework import serializers

from pipeline.api.filters import BIGGEST_ID


class ReferenceField(serializers.PrimaryKeyRelatedField):
    """The id of a row; one that does not exist is refused by the field's name."""

    default_error_messages = {"does_not_exist": "There is no row with the id {pk_value}."}

    def __init__(self, **kwargs: Any) -> None:
        # The browsable API would otherwise offer every row there is.
        kwargs.setdefault("style", {"base_template": "input.html"})
        super().__init__(pk_field=serializers.IntegerField(min_value=1, max_value=BIGGEST_ID), **kwargs)


class ReferencesField(serializers.ListField):
    """The ids of several rows, each once, fetched by one query; all must exist."""

    default_error_messages = {
        "does_not_exist": "There is no row with the id {pk}.",
        "twice": "An id is given twice.",
    }

    def __init__(self, *, queryset: models.QuerySet[Any], **kwargs: Any) -> None:
        self.queryset = queryset
        child = serializers.IntegerField(min_value=1, max_value=BIGGEST_ID)
        super().__init__(child=child, **({"max_length": 200} | kwargs))

    def to_internal_value(self, data: Any) -> list[models.Model]:
        ids = super().to_internal_value(data)
        if len(set(ids)) < len(ids):
            self.fail("twice")
        found = {row.pk: row for row in self.queryset.filter(pk__in=ids)} if ids else {}
        for pk in ids:
            if pk not in found:
                self.fail("does_not_exist", pk=pk)
        return [found[pk] for pk in ids]
