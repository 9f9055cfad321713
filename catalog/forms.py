"""What the pages of films take; the services say what of it is refused."""

from typing import Any

from django import forms

from catalog.hooks import columns
from catalog.models import Category, Film, Language, Rating
from catalog.models.columns import FIRST_YEAR, LAST_YEAR
from pipeline.forms import WrittenForm

STREAMED = (("", "Streamed or not"), ("true", "Streamed"), ("false", "Not streamed"))
MOST_FEATURES = 20


class FilmFilter(forms.Form):
    """Which films a page lists, and how; the names are the API's."""

    q = forms.CharField(required=False, max_length=200)
    category = forms.CharField(required=False, max_length=25)
    rating = forms.ChoiceField(required=False, choices=[("", "Any rating"), *Rating.choices])
    streaming_available = forms.ChoiceField(required=False, choices=STREAMED)
    release_year = forms.IntegerField(required=False, min_value=FIRST_YEAR, max_value=LAST_YEAR)
    view = forms.ChoiceField(required=False, choices=[("", "Grid"), ("table", "Table")])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for column in columns():
            choices = [("", column.any), ("true", column.some)]
            field = forms.ChoiceField(required=False, choices=choices, label=column.title)
            field.widget.attrs["class"] = "input"
            self.fields[column.name] = field


class FeaturesField(forms.CharField):
    """What is on the disc beside the film, with commas between; None for nothing."""

    def clean(self, value: Any) -> Any:
        names = [part.strip() for part in str(super().clean(value)).split(",")]
        return [name for name in names if name][:MOST_FEATURES] or None

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(value) if isinstance(value, list) else value


class FilmForm(WrittenForm):
    title = forms.CharField(max_length=255, widget=forms.TextInput({"autocomplete": "off"}))
    description = forms.CharField(required=False, max_length=5000, widget=forms.Textarea({"rows": 4}))
    language = forms.ModelChoiceField(Language.objects.all(), empty_label="Choose a language")
    original_language = forms.ModelChoiceField(
        Language.objects.all(), required=False, empty_label="The same", label="Original language"
    )
    categories = forms.ModelMultipleChoiceField(
        Category.objects.all(), required=False, widget=forms.CheckboxSelectMultiple
    )
    rating = forms.TypedChoiceField(choices=[("", "None"), *Rating.choices], required=False, empty_value=None)
    release_year = forms.IntegerField(
        required=False, min_value=FIRST_YEAR, max_value=LAST_YEAR, label="Year of release"
    )
    length = forms.IntegerField(required=False, min_value=1, max_value=32_767, label="Length in minutes")
    rental_duration = forms.IntegerField(min_value=1, max_value=365, label="Lent for days")
    rental_rate = forms.DecimalField(min_value=0, max_digits=4, decimal_places=2, label="Price of a rental")
    replacement_cost = forms.DecimalField(min_value=0, max_digits=5, decimal_places=2, label="Price of a lost copy")
    special_features = FeaturesField(
        required=False, max_length=2000, label="Special features", help_text="With commas between them."
    )
    streaming_available = forms.BooleanField(required=False, label="May be streamed")


def stored(film: Film) -> dict[str, Any]:
    """What the form shows of a film."""
    fields = {name: getattr(film, name) for name in FilmForm.base_fields if name != "categories"}
    return fields | {"categories": list(film.categories.order_by("name"))}
