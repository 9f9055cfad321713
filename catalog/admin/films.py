from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelectMultiple
from django.db.models import Count
from django.http import HttpRequest
from unfold.contrib.filters.admin import ChoicesDropdownFilter, RelatedDropdownFilter
from unfold.widgets import UnfoldAdminTextareaWidget

from catalog.hooks import film_inlines
from catalog.models import Actor, Category, Film, Language
from catalog.services import films
from catalog.services.vocabulary import actors, categories, languages
from pipeline.admin import ServiceAdmin, ServiceForm

MONEY = ("rental_duration", "rental_rate", "replacement_cost")


class RecordAdmin(ServiceAdmin):
    """Rows without a rule of their own."""

    readonly_fields: Any = ("last_update",)


@admin.register(Language)
class LanguageAdmin(RecordAdmin):
    create = staticmethod(languages.create)
    change = staticmethod(languages.change)
    remove = staticmethod(languages.remove)
    list_display = ("name", "last_update")
    search_fields = ("name",)
    fieldsets = ((None, {"fields": ("name", "last_update")}),)


@admin.register(Category)
class CategoryAdmin(RecordAdmin):
    create = staticmethod(categories.create)
    change = staticmethod(categories.change)
    remove = staticmethod(categories.remove)
    list_display = ("name", "film_count", "last_update")
    search_fields = ("name",)
    fieldsets = ((None, {"fields": ("name", "last_update")}),)

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).annotate(films_in_all=Count("film_links"))

    @admin.display(description="films", ordering="films_in_all")
    def film_count(self, category: Any) -> int:
        count: int = category.films_in_all
        return count


@admin.register(Actor)
class ActorAdmin(RecordAdmin):
    create = staticmethod(actors.create)
    change = staticmethod(actors.change)
    remove = staticmethod(actors.remove)
    list_display = ("last_name", "first_name", "last_update")
    list_display_links = ("last_name", "first_name")
    search_fields = ("last_name", "first_name")
    fieldsets = ((None, {"fields": ("first_name", "last_name", "last_update")}),)


def several(name: str, model: Any) -> forms.ModelMultipleChoiceField:
    """Rows that a film is linked to, found as somebody types."""
    widget = AutocompleteSelectMultiple(Film._meta.get_field(name), admin.site)
    return forms.ModelMultipleChoiceField(model.objects.all(), required=False, widget=widget)


class FilmForm(ServiceForm):
    categories = several("categories", Category)
    actors = several("actors", Actor)
    special_features = forms.CharField(
        required=False,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 3}),
        help_text="One a line.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["special_features"] = "\n".join(self.instance.special_features or ())

    def clean_special_features(self) -> list[str] | None:
        lines = [line.strip() for line in self.cleaned_data["special_features"].splitlines()]
        return [line for line in lines if line] or None

    def _save_m2m(self) -> None:
        """The service has written the links."""


@admin.register(Film)
class FilmAdmin(ServiceAdmin):
    """A film with what apps above hang below it, such as its copies."""

    create = staticmethod(films.create_film)
    change = staticmethod(films.change_film)
    remove = staticmethod(films.delete_film)
    form = FilmForm
    list_display = ("title", "release_year", "rating", "language", "length", "rental_rate", "streaming_available")
    list_filter = (
        ("rating", ChoicesDropdownFilter),
        ("categories", RelatedDropdownFilter),
        ("language", RelatedDropdownFilter),
        "streaming_available",
    )
    list_select_related = ("language",)
    search_fields = ("title",)
    ordering = ("title", "film_id")
    autocomplete_fields = ("language", "original_language", "media_item")
    readonly_fields = ("last_update",)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Not declared at the class: Django's check takes the links for fields of its own making."""
        about = ("title", "description", "categories", "actors", "special_features")
        facts = (
            ("language", "original_language"),
            ("release_year", "length", "rating"),
            "streaming_available",
            "media_item",
        )
        return (
            (None, {"fields": about}),
            ("Facts", {"fields": facts}),
            ("Rent", {"fields": (MONEY, "last_update")}),
        )

    def get_inlines(self, request: HttpRequest, obj: Any) -> Any:
        return film_inlines()
