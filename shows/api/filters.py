import django_filters
from django.db.models import QuerySet

from pipeline.api.filters import WholeNumberFilter
from shows.models import Sequence, Shot, ShotStatus, Show, ShowStatus
from shows.querysets import ShotQuerySet


class ShowFilter(django_filters.FilterSet):
    status = django_filters.ChoiceFilter(choices=ShowStatus.choices)
    q = django_filters.CharFilter(method="search", max_length=200, help_text="Words in the title or the code.")

    class Meta:
        model = Show
        fields: list[str] = []

    def search(self, queryset: QuerySet[Show], name: str, value: str) -> QuerySet[Show]:
        return queryset.filter(title__icontains=value) | queryset.filter(code__icontains=value)


class SequenceFilter(django_filters.FilterSet):
    show_id = WholeNumberFilter()

    class Meta:
        model = Sequence
        fields: list[str] = []


class ShotFilter(django_filters.FilterSet):
    show_id = WholeNumberFilter()
    sequence_id = WholeNumberFilter()
    status = django_filters.ChoiceFilter(choices=ShotStatus.choices)
    assigned_to = WholeNumberFilter(help_text="The id of a crew member.")
    department = django_filters.CharFilter(
        method="of_department", max_length=50, help_text="Shots with a review or a version of that department."
    )
    open_notes = django_filters.BooleanFilter(method="by_open_notes", help_text="Shots on which a review is open.")
    q = django_filters.CharFilter(method="search", max_length=200, help_text="Text in the code or the description.")

    class Meta:
        model = Shot
        fields: list[str] = []

    def by_open_notes(self, queryset: QuerySet[Shot], name: str, value: bool) -> QuerySet[Shot]:
        noted = Shot.objects.with_open_notes().values("pk")
        return queryset.filter(pk__in=noted) if value else queryset.exclude(pk__in=noted)

    def of_department(self, queryset: ShotQuerySet, name: str, value: str) -> ShotQuerySet:
        return queryset.of_department(value)

    def search(self, queryset: ShotQuerySet, name: str, value: str) -> ShotQuerySet:
        return queryset.matching(value)
