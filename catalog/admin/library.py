"""Media in the admin; what people do with them is looked at, and theirs to change."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from unfold.admin import TabularInline
from unfold.contrib.filters.admin import ChoicesDropdownFilter
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminTextareaWidget, UnfoldAdminTextInputWidget

from catalog.models import KINDS, MediaItem, MediaSource, MediaState, Menu, Tag, TmdbType
from catalog.services.library.media import change_media, create_media, delete_media
from pipeline.admin import ServiceAdmin, ServiceForm, StudioAdmin

DETAILS = {
    "book": ("authors", "page_count", "isbn"),
    "movie": ("tmdb_type", "runtime", "directors"),
    "game": ("platforms", "developers"),
    "music": ("artist", "album", "track_number", "duration_ms"),
}
LISTS = frozenset({"authors", "directors", "platforms", "developers"})


def lines(name: str) -> forms.CharField:
    widget = UnfoldAdminTextareaWidget(attrs={"rows": 3})
    return forms.CharField(required=False, label=name.capitalize(), help_text="One a line.", widget=widget)


def text(label: str) -> forms.CharField:
    return forms.CharField(required=False, max_length=500, label=label, widget=UnfoldAdminTextInputWidget())


def number(label: str, help_text: str = "") -> forms.IntegerField:
    widget = UnfoldAdminTextInputWidget(attrs={"inputmode": "numeric"})
    return forms.IntegerField(
        required=False, min_value=1, max_value=2**31 - 1, label=label, widget=widget, help_text=help_text
    )


class MediaForm(ServiceForm):
    """An item with what only its kind has; a new one gets that once its kind is known."""

    authors, directors, platforms, developers = map(lines, ("authors", "directors", "platforms", "developers"))
    page_count, runtime, track_number = number("Pages"), number("Runtime", "Minutes"), number("Track")
    duration_ms = number("Duration", "Thousandths of a second")
    isbn, artist, album = text("ISBN"), text("Artist"), text("Album")
    cover_image_url = forms.URLField(
        required=False, max_length=2000, assume_scheme="https", label="Cover", widget=UnfoldAdminTextInputWidget()
    )
    tmdb_type = forms.ChoiceField(
        choices=TmdbType.choices, required=False, label="Form", widget=UnfoldAdminSelectWidget(choices=TmdbType.choices)
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind = self.instance.media_type if self.instance.created_at else ""
        for name in {name for names in DETAILS.values() for name in names} - {*DETAILS.get(kind, ())}:
            self.fields.pop(name, None)
        self.own = DETAILS.get(kind, ())
        row = KINDS[kind].objects.get(pk=self.instance.pk) if kind else None  # type: ignore[attr-defined]
        for name in self.own:
            value = getattr(row, name)
            self.initial[name] = "\n".join(value) if name in LISTS else value

    def given(self) -> dict[str, Any]:
        given = super().given()
        details = {name: self.column(name, given.pop(name)) for name in self.own if name in given}
        return given | ({"details": details} if details else {})

    def column(self, name: str, value: Any) -> Any:
        if name not in LISTS:
            return value
        return [line.strip() for line in value.splitlines() if line.strip()]


class ReadOnlyInline(TabularInline):
    """Rows to look at."""

    extra = 0
    per_page = 50
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class SourceInline(ReadOnlyInline):
    model = MediaSource
    fields = readonly_fields = ("source_name", "external_id", "canonical_url", "is_partial", "fetched_at")


@admin.register(MediaItem)
class MediaItemAdmin(ServiceAdmin):
    create = staticmethod(create_media)
    change = staticmethod(change_media)
    remove = staticmethod(delete_media)
    form = MediaForm
    list_display = ("title", "media_type", "creator", "release_date", "created_at")
    list_filter = (("media_type", ChoicesDropdownFilter), ("sources__source_name", ChoicesDropdownFilter))
    search_fields = ("title",)
    search_help_text = "Words of the title, of who made it, or of the description."
    ordering = ("title", "id")
    inlines = (SourceInline,)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        kept = ("creator", "added_by", "created_at", "updated_at")
        return ("media_type", *kept) if obj else kept

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        about = ("media_type", "title", "subtitle", "description", ("release_date", "release_precision"))
        kept = (("creator", "added_by"), ("created_at", "updated_at")) if obj else ()
        own = [(f"As a {obj.get_media_type_display().lower()}", {"fields": DETAILS[obj.media_type]})] if obj else []
        return (None, {"fields": about}), *own, ("More", {"fields": ("cover_image_url", "metadata", *kept)})

    def get_search_results(self, request: HttpRequest, queryset: QuerySet[Any], search_term: str) -> Any:
        found: Any = queryset
        return (found.matching(search_term) if search_term.strip() else found), False


class LookedAtAdmin(StudioAdmin):
    """Rows of people's own: nobody else changes them."""

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return [field.name for field in self.opts.concrete_fields]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(MediaSource)
class MediaSourceAdmin(LookedAtAdmin):
    list_display = ("external_id", "source_name", "media_item", "is_partial", "fetched_at")
    list_filter = (("source_name", ChoicesDropdownFilter), "is_partial")
    list_select_related = ("media_item",)
    search_fields = ("external_id",)
    ordering = ("source_name", "external_id")


@admin.register(Tag)
class TagAdmin(LookedAtAdmin):
    list_display = ("name", "user", "created_at")
    list_select_related = ("user",)
    search_fields = ("name", "user__email")


@admin.register(MediaState)
class MediaStateAdmin(LookedAtAdmin):
    list_display = ("media_item", "user", "status", "rating", "favorite", "updated_at")
    list_filter = (("status", ChoicesDropdownFilter), "favorite")
    list_select_related = ("media_item", "user")
    search_fields = ("media_item__title", "user__email")


@admin.register(Menu)
class MenuAdmin(LookedAtAdmin):
    list_display = ("title", "slug", "user", "is_public", "updated_at")
    list_filter = ("is_public",)
    list_select_related = ("user",)
    search_fields = ("title", "slug", "user__email")
