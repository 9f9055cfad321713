import django_filters

from catalog.models import Actor, Film, Rating
from catalog.querysets import ActorQuerySet, FilmQuerySet
from pipeline.api.filters import TruthFilter, WholeNumberFilter


class FilmFilter(django_filters.FilterSet):
    category = django_filters.CharFilter(
        method="of_category", max_length=100, help_text="The name of a category, regardless of case."
    )
    rating = django_filters.ChoiceFilter(choices=Rating.choices)
    streaming_available = TruthFilter()
    release_year = WholeNumberFilter()
    q = django_filters.CharFilter(
        method="search", max_length=200, help_text="Part of the title, or words of title and description."
    )

    class Meta:
        model = Film
        fields: list[str] = []

    def of_category(self, queryset: FilmQuerySet, name: str, value: str) -> FilmQuerySet:
        return queryset.of_category(value)

    def search(self, queryset: FilmQuerySet, name: str, value: str) -> FilmQuerySet:
        return queryset.matching(value)


class ActorFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(method="search", max_length=200, help_text="Parts of the name.")

    class Meta:
        model = Actor
        fields: list[str] = []

    def search(self, queryset: ActorQuerySet, name: str, value: str) -> ActorQuerySet:
        return queryset.matching(value)
