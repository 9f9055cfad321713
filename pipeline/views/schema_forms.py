"""A form made from the JSON schema of a pipeline's params. What it leaves open, the schema refuses."""

from collections.abc import Mapping
from typing import Any

from django import forms

from pipeline.forms import WrittenForm
from pipeline.registry import Json, Pipeline

# A text that may be longer than this gets more than one line.
ONE_LINE = 300
NUMBERS = {"integer": forms.IntegerField, "number": forms.FloatField}


class ParamsForm(WrittenForm):
    """The params of one pipeline; what is left empty is not sent."""

    def __init__(self, pipeline: Pipeline, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["row_version"]
        required = pipeline.params_schema.get("required", ())
        for name, schema in pipeline.params_schema.get("properties", {}).items():
            self.fields[name] = field_for(name, schema, required=name in required)

    def values(self) -> dict[str, Any]:
        return {"params": {name: value for name, value in self.cleaned_data.items() if value not in ("", None)}}


def field_for(name: str, schema: Json, *, required: bool) -> forms.Field:
    label = schema.get("title") or name.replace("_", " ").capitalize()
    shown: dict[str, Any] = {"label": label, "help_text": schema.get("description", ""), "required": required}
    kinds = [schema["type"]] if isinstance(schema.get("type"), str) else schema.get("type", ["string"])
    kind = next(kind for kind in kinds if kind != "null")
    if "enum" in schema:
        return forms.ChoiceField(choices=[(value, value) for value in schema["enum"]], **shown)
    if kind in NUMBERS:
        return number_field(kind, schema, shown)
    if kind == "boolean":
        return forms.BooleanField(**shown | {"required": False})
    return text_field(schema, shown)


def number_field(kind: str, schema: Json, shown: Mapping[str, Any]) -> forms.Field:
    return NUMBERS[kind](min_value=schema.get("minimum"), max_value=schema.get("maximum"), **shown)


def text_field(schema: Json, shown: Mapping[str, Any]) -> forms.Field:
    longest = schema.get("maxLength", ONE_LINE)
    widget = forms.TextInput() if longest <= ONE_LINE else forms.Textarea({"rows": 8})
    return forms.CharField(max_length=longest, strip=False, widget=widget, **shown)
