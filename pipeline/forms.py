"""Forms whose values a service writes."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models

from pipeline.errors import Refusal, StaleVersion


class WrittenForm(forms.Form):
    """A form whose values a service writes. `stored_since` tells what others stored since it was opened."""

    row_version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.stored_since: list[tuple[str, str]] = []
        self.refusal: Refusal | None = None
        # What was to be written; a refusal beside a field takes that field out of `cleaned_data`.
        self.said: dict[str, Any] = {}

    def values(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "row_version"}

    def written(self, write: Callable[..., Any], stored: Callable[[], Mapping[str, Any]] = dict) -> Any:
        """What `write` answers for the values; None when something is refused, which stands in the form and `refusal`.

        `stored` answers what the row says now, for who was overtaken.
        """
        if not self.is_valid():
            return None
        self.said = self.values()
        try:
            return write(**self.said)
        except StaleVersion as stale:
            self.refusal = stale
            self.tell_overtaken(stored())
        except Refusal as refusal:
            self.refusal = refusal
            self.add_error(refusal.field if refusal.field in self.fields else None, refusal.detail)
        except ValidationError as error:
            self.tell_invalid(error)
        return None

    def tell_invalid(self, error: ValidationError) -> None:
        for name, messages in getattr(error, "message_dict", {None: error.messages}).items():
            self.add_error(name if name in self.fields else None, messages)

    def tell_overtaken(self, stored: Mapping[str, Any]) -> None:
        """Sent again, the form overwrites what is stored now."""
        self.data = self.data.copy()  # type: ignore[attr-defined]
        self.data["row_version"] = stored["row_version"]  # type: ignore[index]
        for name, field in self.fields.items():
            if name in stored and stored[name] != self.cleaned_data.get(name) and name != "row_version":
                self.stored_since.append((str(self[name].label), in_words(field, stored[name])))


def in_words(field: forms.Field, value: Any) -> str:
    if value in (None, ""):
        return "empty"
    if isinstance(field, forms.ChoiceField) and not isinstance(field, forms.ModelChoiceField):
        return str(dict(field.choices).get(value, value))  # type: ignore[arg-type]
    return str(value)


def row_of(row: models.Model, form: type[forms.Form]) -> dict[str, Any]:
    """What a form shows of a stored row."""
    return {name: getattr(row, name) for name in form.base_fields if hasattr(row, name)}
