"""What the pages of the library take; the services say what of it is refused."""

from typing import Any

from django import forms

from catalog.models import Consumption, MediaType
from pipeline.forms import WrittenForm

ORDERS = (
    ("", "Changed last"),
    ("title", "Title"),
    ("release", "Newest first"),
    ("rating", "Best rated"),
)
PLAIN = {"autocomplete": "off"}


def words(rows: int) -> forms.Textarea:
    return forms.Textarea({"rows": rows})


class MenuForm(WrittenForm):
    title = forms.CharField(max_length=200, widget=forms.TextInput(PLAIN))
    description = forms.CharField(required=False, max_length=5000, widget=words(3))


class CourseForm(WrittenForm):
    title = forms.CharField(max_length=200, widget=forms.TextInput(PLAIN))
    intent = forms.CharField(
        required=False, max_length=200, widget=forms.TextInput(PLAIN), help_text="What it is there for: to warm up."
    )
    description = forms.CharField(required=False, max_length=5000, widget=words(2))


class NotesForm(WrittenForm):
    notes = forms.CharField(required=False, max_length=2000)


class StateForm(WrittenForm):
    """What an item is to somebody."""

    status = forms.ChoiceField(choices=Consumption.choices)
    rating = forms.DecimalField(
        required=False,
        min_value=0,
        max_value=10,
        max_digits=3,
        decimal_places=1,
        widget=forms.NumberInput({"step": "0.1", "autocomplete": "off"}),
        help_text="0 to 10.",
    )
    favorite = forms.BooleanField(required=False, label="A favourite")
    notes = forms.CharField(required=False, max_length=5000, widget=words(4))


class TagForm(WrittenForm):
    name = forms.CharField(max_length=64, label="Tag", widget=forms.TextInput(PLAIN))


class ShelfFilter(forms.Form):
    """Which media the library shows, and how."""

    q = forms.CharField(required=False, max_length=200)
    shelf = forms.ChoiceField(required=False, choices=[("", "Mine"), ("all", "Everything")])
    media_type = forms.ChoiceField(required=False, choices=[("", "Any kind"), *MediaType.choices])
    status = forms.ChoiceField(required=False, choices=[("", "Any state"), *Consumption.choices])
    tag = forms.CharField(required=False, max_length=64)
    favorite = forms.BooleanField(required=False)
    sort = forms.ChoiceField(required=False, choices=ORDERS)
    view = forms.ChoiceField(required=False, choices=[("", "Grid"), ("table", "Table")])


class FindForm(forms.Form):
    """A search over what is here, and with `external` over what the sources have."""

    q = forms.CharField(min_length=2, max_length=200)
    types = forms.MultipleChoiceField(required=False, choices=MediaType.choices)
    external = forms.BooleanField(required=False)

    def asked(self) -> dict[str, Any]:
        said = self.cleaned_data
        return {"text": said["q"], "types": said["types"], "include_external": said["external"]}
