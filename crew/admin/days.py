"""Forms with the first and the last day of the range that a row keeps."""

from typing import Any

from django import forms
from unfold.widgets import UnfoldAdminSingleDateWidget

from pipeline.admin import ServiceForm


class DaysForm(ServiceForm):
    """Two dates, the first and the last day, for the range that the row keeps."""

    day_fields: tuple[str, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial.update({name: getattr(self.instance, name) for name in self.day_fields})


def day_field(label: str, **kwargs: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=UnfoldAdminSingleDateWidget, **kwargs)
