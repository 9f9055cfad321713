"""What the pages take; the services say what of it is refused."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from crew.models import MOST_PLACES, CrewMember, Role
from pipeline.forms import WrittenForm

# Empty rows for requirements below those that are filled.
SPARE_ROWS = 2
MOST_ROWS = 100


class DayField(forms.DateField):
    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput({"type": "date", "max": "9999-12-31"}, format="%Y-%m-%d")
        super().__init__(widget=widget, **kwargs)


class PersonField(forms.CharField):
    """Somebody of the crew by name, or None. Where several have the name, the number stands behind it."""

    def clean(self, value: Any) -> CrewMember | None:
        text = str(super().clean(value))
        if text in self.empty_values:
            return None
        found = list(CrewMember.objects.called(text)[:2])
        if len(found) == 1:
            return found[0]
        raise ValidationError(
            "Several people have this name. Choose from the list." if found else "Nobody has this name."
        )

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, CrewMember):
            return value
        return entry_of(CrewMember.objects.with_namesakes().get(pk=value.pk))


def entry_of(person: Any) -> str:
    """What a field takes for the person, who was read `with_namesakes`."""
    return f"{person.full_name} #{person.pk}" if person.has_namesake else str(person.full_name)


class PeopleFilter(forms.Form):
    """Which people a page lists; without a last day, only the first must be free."""

    q = forms.CharField(required=False, max_length=200)
    role = forms.ModelChoiceField(Role.objects.all(), required=False, to_field_name="name")
    employed_on = forms.DateField(required=False)
    available_from = forms.DateField(required=False)
    available_to = forms.DateField(required=False)

    def clean(self) -> dict[str, Any]:
        first, last = (self.cleaned_data.get(f"available_{end}") for end in ("from", "to"))
        if first and last and last < first:
            self.add_error("available_to", "The last free day lies before the first.")
        if last and not first:
            self.add_error("available_from", "Say from which day on somebody is to be free.")
        return self.cleaned_data


class ProductionFilter(forms.Form):
    title = forms.CharField(required=False, max_length=200)
    when = forms.ChoiceField(required=False, choices=[("", "Not over yet"), ("past", "Over"), ("all", "Any time")])
    unfilled = forms.BooleanField(required=False)
    start = forms.DateField(required=False)
    end = forms.DateField(required=False)

    def add_prefix(self, field_name: str) -> str:
        """The names that the API has for these days."""
        return {"start": "from", "end": "to"}.get(field_name, field_name)


class MemberForm(WrittenForm):
    full_name = forms.CharField(max_length=200, label="Name", widget=forms.TextInput({"autocomplete": "off"}))
    role = forms.ModelChoiceField(Role.objects.all(), empty_label="Choose a role")
    hire_date = DayField(label="First day of the contract")
    fire_date = DayField(
        label="Last day of the contract", required=False, help_text="Without one the contract is open."
    )
    email = forms.EmailField(label="E-mail", required=False)
    day_rate = forms.DecimalField(required=False, min_value=0, max_digits=10, decimal_places=2, label="Day rate")

    def __init__(self, *args: Any, sees_rates: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not sees_rates:
            del self.fields["day_rate"]


class ContractForm(WrittenForm):
    fire_date = DayField(label="Last day of the contract")


class TimeOffForm(WrittenForm):
    start = DayField(label="First day")
    end = DayField(label="Last day")
    reason = forms.CharField(required=False, max_length=200, widget=forms.TextInput({"autocomplete": "off"}))


class BookingForm(WrittenForm):
    crew_member = PersonField(
        label="Name", widget=forms.TextInput({"list": "free-people", "autocomplete": "off", "placeholder": "Name"})
    )


class PlanForm(WrittenForm):
    """Days of a production, and what to do when they do not suit everybody.

    A window that somebody chose (`2030-01-07/2030-01-18`) stands for both days.
    """

    start = DayField(label="First day")
    end = DayField(label="Last day")

    def __init__(self, data: QueryDict | None = None, **kwargs: Any) -> None:
        super().__init__(data if data is None else with_window(data), **kwargs)

    def values(self) -> dict[str, Any]:
        """What was chosen where days do not suit everybody, beside the fields."""
        chosen = self.data.get("choice", "").split()
        values = super().values()
        values |= {"on_conflict": "replace"} if "replace" in chosen else {}
        return values | ({"allow_gaps": True} if "gaps" in chosen else {})

    @property
    def is_decided(self) -> bool:
        """Whether it is to be written, and not only shown what it would do."""
        return bool(self.data.get("act") == "save" or self.data.get("choice"))

    def sent(self) -> list[tuple[str, str]]:
        """All that was typed, to be sent again by the buttons below an answer."""
        data: Any = self.data
        left_out = {"csrfmiddlewaretoken", "act", "choice"}
        return [(name, value) for name, values in data.lists() if name not in left_out for value in values]


def with_window(data: QueryDict) -> QueryDict:
    start, between, end = data.get("window", "").partition("/")
    data = data.copy()
    data.pop("window", None)
    if between:
        data["start"], data["end"] = start, end
    return data


class ProductionForm(PlanForm):
    """A production with its requirements, which come as rows: a role by name, and how many."""

    title = forms.CharField(max_length=200, widget=forms.TextInput({"autocomplete": "off"}))
    allow_gaps = forms.BooleanField(
        required=False, label="Allow gaps", help_text="Book whom it can, and leave the rest as open requirements."
    )
    field_order = ["title", "start", "end", "allow_gaps"]

    def rows(self) -> list[tuple[str, str]]:
        """What stands in the rows, and empty ones to go on in."""
        filled = self.filled() if self.is_bound else list(self.initial.get("requirements", {}).items())
        return [*filled, *[("", "")] * SPARE_ROWS]

    def filled(self) -> list[tuple[str, str]]:
        data: Any = self.data
        rows = zip(data.getlist("role"), data.getlist("count"), strict=False)
        return [(role, count) for role, count in rows if role or count.strip()][:MOST_ROWS]

    def tell_overtaken(self, stored: Mapping[str, Any]) -> None:
        super().tell_overtaken(stored)
        if stored["requirements"] != self.cleaned_data["requirements"]:
            told = ", ".join(f"{count} × {role}" for role, count in stored["requirements"].items())
            self.stored_since.append(("Requirements", told or "none"))

    def clean(self) -> dict[str, Any]:
        self.cleaned_data["requirements"] = self.required()
        return self.cleaned_data

    def required(self) -> dict[str, int]:
        wanted: dict[str, int] = {}
        for role, count in self.filled():
            text = count.strip() or "1"
            if not role:
                self.add_error(None, f"Choose the role of which {text} are wanted.")
            elif not (text.isascii() and text.isdigit() and 1 <= int(text[:5]) <= MOST_PLACES):
                self.add_error(None, f"{role}: a whole number from 1 to {MOST_PLACES}.")
            elif role in wanted:
                self.add_error(None, f"{role} is named twice. Write one row with the whole number.")
            else:
                wanted[role] = int(text)
        return wanted
