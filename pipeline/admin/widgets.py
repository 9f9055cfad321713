"""Choosing one row among many, found as somebody types."""

from collections.abc import Callable
from typing import Any

from django.contrib.admin.widgets import AutocompleteSelect, RelatedFieldWidgetWrapper
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import models
from django.forms import Field, ModelForm, Widget
from django.http import HttpRequest, JsonResponse
from django.urls import reverse

CHOICES_A_PAGE = 20


class KnownAutocompleteSelect(AutocompleteSelect):
    """Asks the database for the label of a choice only when it is not the row that came with the form's own."""

    known: models.Model | None = None

    def optgroups(self, name: str, value: Any, attr: dict[str, Any] | None = None) -> list[Any]:
        value = [found for found in value if self.can_be_id(found)]
        if self.known is None or value != [str(self.known.pk)]:
            return super().optgroups(name, value, attr)
        empty = [] if self.is_required else [self.create_option(name, "", "", selected=False, index=0)]
        chosen = self.create_option(name, value[0], str(self.known), selected=True, index=len(empty))
        return [(None, [*empty, chosen], 0)]

    def can_be_id(self, value: Any) -> bool:
        try:
            self.field.remote_field.model._meta.pk.to_python(value)
        except ValidationError:
            return False
        return True


class OwnAutocompleteSelect(KnownAutocompleteSelect):
    """Asks a view of its own, where the other model's admin is not for everybody who may choose."""

    def __init__(self, field: Any, admin_site: Any, url_name: str) -> None:
        super().__init__(field, admin_site)
        self.url_name = url_name

    def get_url(self) -> str:
        return reverse(self.url_name)


def tell_known_choices(form: ModelForm) -> None:
    """Hands the rows that came with the form's own row to the widgets that choose them."""
    cached = form.instance._state.fields_cache
    for name, field in form.fields.items():
        widget = unwrapped(field.widget)
        if isinstance(widget, KnownAutocompleteSelect):
            widget.known = cached.get(name)


def unwrapped(widget: Widget) -> Widget:
    return widget.widget if isinstance(widget, RelatedFieldWidgetWrapper) else widget


def honest_choices(db_field: Any) -> Any:
    """The choices of a field, with an empty one unless there is a default: nothing is chosen that nobody chose."""
    blank = db_field.blank or not db_field.has_default()
    return db_field.get_choices(include_blank=blank, blank_choice=[("", "Select value")])


def without_buttons(field: Field) -> Field:
    field.widget = unwrapped(field.widget)
    return field


def choices_page(request: HttpRequest, rows: models.QuerySet[Any], label: Callable[[Any], str]) -> JsonResponse:
    """One page of choices, as the widget asks for them."""
    page = Paginator(rows, CHOICES_A_PAGE).get_page(request.GET.get("page"))
    results = [{"id": str(row.pk), "text": label(row)} for row in page]
    return JsonResponse({"results": results, "pagination": {"more": page.has_next()}})
