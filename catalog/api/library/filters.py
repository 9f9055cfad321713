import django_filters

from catalog.models import Consumption, MediaItem, MediaState, MediaType, Menu, SourceName
from catalog.querysets import MediaItemQuerySet, MediaStateQuerySet, MenuQuerySet
from pipeline.api.filters import TruthFilter

LONGEST_TAG = 64


class MediaFilter(django_filters.FilterSet):
    media_type = django_filters.ChoiceFilter(choices=MediaType.choices)
    tag = django_filters.CharFilter(method="with_tag", max_length=LONGEST_TAG, help_text="The name of a tag of yours.")
    exclude_tag = django_filters.CharFilter(method="without_tag", max_length=LONGEST_TAG)
    status = django_filters.ChoiceFilter(
        choices=Consumption.choices, method="in_status", help_text="What you have in this status."
    )
    favorite = TruthFilter(method="favorites", help_text="Your favourites, or all others.")
    source = django_filters.ChoiceFilter(choices=SourceName.choices, method="from_source")
    q = django_filters.CharFilter(
        method="search", max_length=200, help_text="Words, the last one as a beginning; the best first unless ordered."
    )

    class Meta:
        model = MediaItem
        fields: list[str] = []

    def with_tag(self, queryset: MediaItemQuerySet, name: str, value: str) -> MediaItemQuerySet:
        return queryset.tagged(value, self.request.user)

    def without_tag(self, queryset: MediaItemQuerySet, name: str, value: str) -> MediaItemQuerySet:
        return queryset.not_tagged(value, self.request.user)

    def in_status(self, queryset: MediaItemQuerySet, name: str, value: str) -> MediaItemQuerySet:
        return queryset.in_status(value, self.request.user)

    def favorites(self, queryset: MediaItemQuerySet, name: str, value: bool) -> MediaItemQuerySet:
        return queryset.favorites_of(self.request.user, wanted=value)

    def from_source(self, queryset: MediaItemQuerySet, name: str, value: str) -> MediaItemQuerySet:
        return queryset.from_source(value)

    def search(self, queryset: MediaItemQuerySet, name: str, value: str) -> MediaItemQuerySet:
        return queryset.matching(value).best_first()


class StateFilter(django_filters.FilterSet):
    status = django_filters.ChoiceFilter(choices=Consumption.choices)
    favorite = TruthFilter()
    media_type = django_filters.ChoiceFilter(choices=MediaType.choices, field_name="media_item__media_type")
    tag = django_filters.CharFilter(method="with_tag", max_length=LONGEST_TAG, help_text="The name of a tag of yours.")

    class Meta:
        model = MediaState
        fields: list[str] = []

    def with_tag(self, queryset: MediaStateQuerySet, name: str, value: str) -> MediaStateQuerySet:
        return queryset.tagged(value, self.request.user)


class MenuFilter(django_filters.FilterSet):
    is_public = TruthFilter()
    q = django_filters.CharFilter(method="search", max_length=200, help_text="Part of title or description.")

    class Meta:
        model = Menu
        fields: list[str] = []

    def search(self, queryset: MenuQuerySet, name: str, value: str) -> MenuQuerySet:
        return queryset.matching(value)
