"""What makes an item of ours out of a source's payload: a table of fields, which the documents show as it is."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from catalog.connectors.mapping.reading import first

WHOLE = ""


@dataclass(frozen=True)
class Field:
    """`ours` is a column of the media item, `<kind>.<column>`, `metadata.<key>`, or one of the source's row.

    `theirs` names one or more places in the payload, of which the first that holds something counts; blank is all of
    it. `read` makes our value of it. `note` says what a reader of the documents cannot see.
    """

    ours: str
    theirs: str
    read: Callable[[Any], Any]
    note: str = ""


Fields = tuple[Field, ...]


def mapped(fields: Iterable[Field], payload: Any) -> dict[str, Any]:
    """Our values by our names."""
    return {field.ours: field.read(first(payload, field.theirs) if field.theirs else payload) for field in fields}


def sorted_out(values: dict[str, Any], kind: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """The columns of the item and those of its kind; a release is a date and its precision."""
    columns: dict[str, Any] = {"metadata": {}}
    details: dict[str, Any] = {}
    for name, value in values.items():
        group, _, rest = name.partition(".")
        if group == "metadata":
            columns["metadata"] |= {rest: value} if value not in (None, "", [], {}) else {}
        elif group == kind:
            details[rest] = value
        elif group == "release":
            columns["release_date"], columns["release_precision"] = value or (None, None)
        else:
            columns[name] = value
    return columns, details
