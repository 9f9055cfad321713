from typing import Any

import django_filters
from django import forms
from django.core.exceptions import ValidationError

from pipeline.models import Job, JobStatus
from pipeline.querysets import JobQuerySet

BIGGEST_ID = 2**63 - 1


class DayFilter(django_filters.Filter):
    """A day as `2030-01-31`, and in no other way of writing it."""

    field_class = forms.DateField

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **({"input_formats": ["%Y-%m-%d"]} | kwargs))


class WholeNumberFilter(django_filters.Filter):
    """A whole number, for ids; one that no id can be is refused."""

    field_class = forms.IntegerField

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **({"min_value": 0, "max_value": BIGGEST_ID} | kwargs))


class JobFilter(django_filters.FilterSet):
    status = django_filters.ChoiceFilter(choices=JobStatus.choices, method="now_in_status")
    pipeline = django_filters.CharFilter(max_length=50, help_text="The name of a pipeline.")
    # A plain BooleanFilter takes what makes no sense for nothing.
    mine = django_filters.ChoiceFilter(
        choices=[("true", "true"), ("false", "false")], method="own", help_text="`true`: jobs that the caller started."
    )

    class Meta:
        model = Job
        fields: list[str] = []

    def now_in_status(self, queryset: JobQuerySet, name: str, value: str) -> JobQuerySet:
        return queryset.in_status(value)

    def own(self, queryset: JobQuerySet, name: str, value: str) -> JobQuerySet:
        return queryset.filter(created_by=self.request.user.pk) if value == "true" else queryset


class TruthField(forms.Field):
    """`true` or `false`; nothing at all is what an empty field of a form sends."""

    known = {"": None, "true": True, "1": True, "false": False, "0": False}

    def to_python(self, value: Any) -> bool | None:
        word = str(value or "").lower()
        if word not in self.known:
            raise ValidationError("Say true or false.", code="invalid")
        return self.known[word]


class TruthFilter(django_filters.BooleanFilter):
    """Yes or no; any other word is refused."""

    field_class = TruthField
