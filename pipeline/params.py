"""Checks a job's params against the JSON schema of its pipeline, strictly, before anything is stored."""

import math
from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from jsonschema import Draft202012Validator, validators
from jsonschema.exceptions import ValidationError as Mismatch

from pipeline.registry import Json

# What every reader of JSON keeps exactly; Python's own integers go on for ever.
BIGGEST = 2**53
MOST_ERRORS = 20
NAMES = {
    "object": "an object",
    "array": "a list",
    "string": "a text",
    "integer": "a whole number, without a decimal point",
    "number": "a number",
    "boolean": "true or false",
    "null": "null",
}


def is_integer(checker: Any, value: Any) -> bool:
    """10.0 is no integer, and true is none."""
    return isinstance(value, int) and not isinstance(value, bool)


Strict: Any = validators.extend(
    Draft202012Validator, type_checker=Draft202012Validator.TYPE_CHECKER.redefine("integer", is_integer)
)


def require_valid(params: Any, schema: Json, *, prefix: str) -> None:
    """Raises ValidationError by field, each named by `prefix` and its path: `params.shots.0`."""
    errors: dict[str, list[str]] = {}
    for path, message in (*unstorable(params), *mismatches(params, schema)):
        errors.setdefault(field_name(path, prefix), []).append(message)
        if len(errors) >= MOST_ERRORS:
            break
    if errors:
        raise ValidationError(errors)


def field_name(path: tuple[Any, ...], prefix: str) -> str:
    name = prefix + ".".join(map(str, path)) if path else prefix.rstrip(".") or "params"
    return name.encode(errors="replace").decode()[:200]


def mismatches(params: Any, schema: Json) -> Iterator[tuple[tuple[Any, ...], str]]:
    for error in Strict(schema).iter_errors(params):
        yield from told(error)


def told(error: Mismatch) -> Iterator[tuple[tuple[Any, ...], str]]:
    """What does not fit, in words that never repeat the value, which may be large."""
    path = tuple(error.absolute_path)
    wanted: Any = error.validator_value
    if error.validator == "required":
        missing = [name for name in wanted if name not in error.instance]
        yield from (((*path, name), "This param is missing.") for name in missing)
    elif error.validator == "additionalProperties":
        known = error.schema.get("properties", {}) if isinstance(error.schema, dict) else {}
        extra = [str(name)[:100] for name in error.instance if name not in known]
        yield from (((*path, name), "There is no such param.") for name in extra)
    else:
        yield path, worded(str(error.validator), wanted)


def worded(rule: str, wanted: Any) -> str:
    if rule == "type":
        kinds = [wanted] if isinstance(wanted, str) else wanted
        return f"This must be {' or '.join(NAMES.get(kind, kind) for kind in kinds)}."
    words = {
        "minimum": f"This must be at least {wanted}.",
        "maximum": f"This must be at most {wanted}.",
        "exclusiveMinimum": f"This must be more than {wanted}.",
        "exclusiveMaximum": f"This must be less than {wanted}.",
        "minLength": f"This must have at least {wanted} characters.",
        "maxLength": f"This must have at most {wanted} characters.",
        "minItems": f"This must have at least {wanted} entries.",
        "maxItems": f"This must have at most {wanted} entries.",
        "enum": f"This must be one of {', '.join(map(str, wanted)) if isinstance(wanted, list) else wanted}.",
    }
    return words.get(rule, f"This does not fit the rule {rule}: {wanted}.")


def unstorable(
    value: Any, path: tuple[Any, ...] = (), *, biggest: int = BIGGEST
) -> Iterator[tuple[tuple[Any, ...], str]]:
    """What no database or reader of JSON would keep as it is."""
    if isinstance(value, str) and not is_storable(value):
        yield path, "This contains characters that cannot be stored."
    elif isinstance(value, int) and abs(value) > biggest:
        yield path, f"This must lie between -{biggest} and {biggest}."
    elif isinstance(value, float) and not math.isfinite(value):
        yield path, "This must be a number."
    elif isinstance(value, dict):
        for name, item in value.items():
            yield from unstorable(name, path)
            yield from unstorable(item, (*path, name), biggest=biggest)
    elif isinstance(value, list):
        for place, item in enumerate(value):
            yield from unstorable(item, (*path, place), biggest=biggest)


def is_storable(text: str) -> bool:
    """PostgreSQL keeps neither NUL nor half of a pair of surrogates."""
    try:
        return b"\0" not in text.encode()
    except UnicodeEncodeError:
        return False
