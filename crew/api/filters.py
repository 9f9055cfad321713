from datetime import date
from typing import Any

import django_filters
from django.core.exceptions import ValidationError

from crew.models import Booking, CrewMember, Production, Role
from crew.querysets import CrewMemberQuerySet
from pipeline.api.filters import DayFilter


class RoleFilter(django_filters.FilterSet):
    department = django_filters.CharFilter(lookup_expr="iexact", max_length=100)
    q = django_filters.CharFilter("name", lookup_expr="icontains", max_length=100, help_text="Text in the name.")

    class Meta:
        model = Role
        fields: list[str] = []


class CrewFilter(django_filters.FilterSet):
    role = django_filters.CharFilter("role__name", lookup_expr="iexact", max_length=100, help_text="A role's name.")
    available_from = DayFilter(method="available", help_text="With available_to: under contract and free throughout.")
    available_to = DayFilter(method="available", help_text="The last of these days.")
    employed_on = DayFilter(method="employed", help_text="Under contract on that day.")
    q = django_filters.CharFilter("full_name", lookup_expr="icontains", max_length=200, help_text="Text in the name.")

    class Meta:
        model = CrewMember
        fields: list[str] = []

    def available(self, queryset: CrewMemberQuerySet, name: str, value: date) -> CrewMemberQuerySet:
        """Both days together; the second time it comes it has been done."""
        given = self.form.cleaned_data
        for day in ("available_from", "available_to"):
            if not given.get(day):
                raise ValidationError({day: "Give both available_from and available_to."})
        first, last = given["available_from"], given["available_to"]
        if last < first:
            raise ValidationError({"available_to": "The last day lies before the first."})
        return queryset.available(first, last) if name == "available_from" else queryset

    def employed(self, queryset: CrewMemberQuerySet, name: str, value: date) -> CrewMemberQuerySet:
        return queryset.employed_on(value)


class DaysFilter(django_filters.FilterSet):
    """`from` and `to`: rows that have a day among these, both ends included; one of them alone is open."""

    def overlapping(self, queryset: Any, name: str, value: date) -> Any:
        given = self.form.cleaned_data
        first, last = given.get("from"), given.get("to")
        if first and last and last < first:
            raise ValidationError({"to": "The last day lies before the first."})
        done = name == "to" and first
        return queryset if done else queryset.overlapping(first or date.min, last or date.max)


# One of them is a word of Python's own, so that they cannot be declared.
DaysFilter.declared_filters |= {
    "from": DayFilter("from", method="overlapping", help_text="With a day on or after this one."),
    "to": DayFilter("to", method="overlapping", help_text="With a day on or before this one."),
}


class ProductionFilter(DaysFilter):
    title = django_filters.CharFilter(lookup_expr="icontains", max_length=200, help_text="Text in the title.")

    class Meta:
        model = Production
        fields: list[str] = []


class BookingFilter(DaysFilter):
    class Meta:
        model = Booking
        fields: list[str] = []
