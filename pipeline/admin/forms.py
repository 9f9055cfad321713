from functools import cached_property
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from unfold.forms import PaginationInlineFormSet

from pipeline.admin.refused import Refused
from pipeline.admin.widgets import tell_known_choices

VERSION = "expected_version"


class ServiceForm(forms.ModelForm):
    """Carries the version of the row that somebody read, and shows what the service refused."""

    expected_version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    # Set on the class that the admin makes for each request.
    refused: ClassVar[Refused | None] = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial[VERSION] = getattr(self.instance, "row_version", None) if self.instance.pk else None
        tell_known_choices(self)

    @cached_property
    def changed_data(self) -> list[str]:
        """What somebody entered; that the row has another version by now is for the service to refuse."""
        return [name for name in super().changed_data if name != VERSION]

    def given(self) -> dict[str, Any]:
        """What differs from what the page showed, as the service takes it."""
        return {name: self.cleaned_data[name] for name in self.changed_data}

    def clean(self) -> dict[str, Any]:
        """Leaves Django's own check of uniqueness out: the database judges, the service words it."""
        if self.refused and self.refused.prefix == self.prefix:
            for name, messages in self.refused.messages.items():
                self.add_error(self.field_for(name), messages)
        return self.cleaned_data

    def _post_clean(self) -> None:
        """Leaves Django's own check of the constraints out as well, which has no switch."""
        self.instance.validate_constraints = lambda exclude=None: None
        super()._post_clean()  # type: ignore[misc]

    def field_for(self, name: str | None) -> str | None:
        """The field that stands for what a service calls `name`, if it is on this form."""
        own = (name or "").removesuffix("_id")
        return next((found for found in (name, own) if found in self.fields), None)


class ServiceFormSet(PaginationInlineFormSet):
    """Shows which deletion the service refused; uniqueness is the database's to judge."""

    refused: ClassVar[Refused | None] = None
    # Set on the class that the inline makes for each request.
    inline: ClassVar[Any]

    def clean(self) -> None:
        if self.refused and self.refused.prefix == self.prefix:
            raise ValidationError([text for texts in self.refused.messages.values() for text in texts])
