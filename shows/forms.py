"""What the pages take; the services say what of it is refused."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse_lazy

from crew import forms as crew
from crew.models import CrewMember, Production
from pipeline.forms import WrittenForm
from shows.models import Sequence, ShotStatus, Show, ShowStatus
from shows.models.show import validate_code

INT32 = range(-(2**31), 2**31)
MOST_AT_ONCE = 1000
NOBODY = "nobody"


class CodeField(forms.CharField):
    def __init__(self, **kwargs: Any) -> None:
        attrs = {"autocomplete": "off", "spellcheck": "false", "autocapitalize": "off"}
        super().__init__(max_length=20, validators=[validate_code], widget=forms.TextInput(attrs), **kwargs)


class FrameField(forms.IntegerField):
    """A frame, or with `least=0` a number of frames, as far as the database counts."""

    def __init__(self, *, least: int = INT32.start, **kwargs: Any) -> None:
        super().__init__(min_value=least, max_value=INT32.stop - 1, **kwargs)


class PersonField(crew.PersonField):
    """Somebody of the crew, offered by name as one types; empty is nobody."""

    widget = forms.TextInput(
        {
            "list": "people",
            "autocomplete": "off",
            "placeholder": "Nobody",
            "hx-get": reverse_lazy("people"),
            "hx-trigger": "focus once, input changed delay:150ms",
            "hx-target": "#people",
        }
    )

    def clean(self, value: Any) -> CrewMember | None:
        return super().clean("" if str(value).strip().lower() == NOBODY else value)


class ShowForm(WrittenForm):
    title = forms.CharField(max_length=200)
    code = CodeField(help_text="Short and for ever: it stands in addresses, such as /shows/TAL/.")
    status = forms.ChoiceField(choices=ShowStatus.choices, initial=ShowStatus.ACTIVE)
    production = forms.ModelChoiceField(
        Production.objects.all(), required=False, empty_label="None", help_text="Whose crew works on it."
    )


class SequenceForm(WrittenForm):
    code = CodeField()
    description = forms.CharField(required=False, max_length=5000, widget=forms.Textarea({"rows": 3}))


class ShotForm(WrittenForm):
    sequence = forms.ModelChoiceField(Sequence.objects.none(), empty_label=None)
    code = CodeField()
    status = forms.ChoiceField(choices=ShotStatus.choices, initial=ShotStatus.PENDING)
    assigned_to = PersonField(required=False)
    description = forms.CharField(required=False, max_length=5000, widget=forms.Textarea({"rows": 3}))
    frame_start = FrameField(label="First frame", initial=1001)
    frame_end = FrameField(label="Last frame", initial=1100)
    head_handle = FrameField(label="Head handle", initial=0, least=0)
    tail_handle = FrameField(label="Tail handle", initial=0, least=0)

    def __init__(self, *args: Any, show: Show, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice: Any = self.fields["sequence"]
        choice.queryset = Sequence.objects.filter(show=show).order_by("pk")


class ShotChangeForm(ShotForm):
    reason = forms.CharField(
        required=False, max_length=500, help_text="Kept in the history beside what changes.", label="Reason"
    )


class BulkForm(forms.Form):
    """The same change of many shots; what is left empty stays as it is."""

    status = forms.ChoiceField(choices=[("", "Keep the status"), *ShotStatus.choices], required=False)
    person = PersonField(required=False)
    reason = forms.CharField(required=False, max_length=500)

    def changes(self) -> dict[str, Any]:
        said = self.cleaned_data
        status = {"status": said["status"]} if said["status"] else {}
        return status | ({"assigned_to": said["person"]} if self.data.get("person", "").strip() else {})

    def clean(self) -> dict[str, Any]:
        if not self.errors and not self.changes():
            raise ValidationError("Choose a status or somebody to assign to.")
        return self.cleaned_data


class TableForm(forms.Form):
    """A spreadsheet of shots."""

    file = forms.FileField(label="CSV file", widget=forms.FileInput({"accept": ".csv,.tsv,text/csv"}))
    mode = forms.ChoiceField(
        label="Rows may",
        choices=[
            ("upsert", "create and update shots"),
            ("create", "create shots only"),
            ("update", "update shots only"),
        ],
        initial="upsert",
    )


class CutForm(forms.Form):
    """A timeline from the cutting room."""

    file = forms.FileField(label="EDL or OTIO file", widget=forms.FileInput({"accept": ".edl,.otio,.json,.txt"}))
    sequence = CodeField(required=False, help_text="By default the timeline's own name.")
    rate = forms.FloatField(
        required=False, label="Frames a second", min_value=1, max_value=1000, help_text="By default the file's own."
    )
