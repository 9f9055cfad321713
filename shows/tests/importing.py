"""What the tests of imports share."""

from io import BytesIO
from typing import Any
from uuid import UUID

from pipeline.errors import Refusal
from pipeline.services import Actor
from pipeline.services.importing.orders import Mode
from shows.models import Shot, Show
from shows.services.imports.from_csv import import_shots
from shows.services.imports.from_timeline import import_timeline


class Person:
    """Who imports, with every right but those named."""

    pk = UUID(int=7)
    display_name = "Cora Coordinator"

    def __init__(self, *, lacks: tuple[str, ...] = ()) -> None:
        self.lacks = lacks

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        return perm not in self.lacks


def from_csv(show: Show, text: str | bytes, mode: str = "create", *, by: Actor | None = None, **how: Any) -> Any:
    """The answer of an import, or of its refusal."""
    data = text if isinstance(text, bytes) else text.encode()
    try:
        return import_shots(show.pk, file=BytesIO(data), mode=Mode(mode), by=by or Person(), **how)
    except Refusal as refusal:
        return refusal.facts | {"detail": refusal.detail}


def from_timeline(show: Show, text: str | bytes, *, by: Actor | None = None, **how: Any) -> Any:
    """The answer of an import, or of its refusal."""
    data = text if isinstance(text, bytes) else text.encode()
    try:
        return import_timeline(show.pk, file=BytesIO(data), by=by or Person(), **how)
    except Refusal as refusal:
        return refusal.facts | {"detail": refusal.detail}


def counts(answer: dict[str, Any]) -> tuple[int, int, int, int]:
    return answer["created"], answer["updated"], answer["unchanged"], answer["failed"]


def errors(answer: dict[str, Any]) -> list[tuple[int, str, str]]:
    """Line, field and code of each error."""
    return [(row["line"], error["field"], error["code"]) for row in answer["rows"] for error in row["errors"]]


def shots(show: Show) -> list[tuple[str, str, int, int]]:
    """Sequence, code and frames of the show's shots."""
    found = Shot.objects.filter(show=show).order_by("pk")
    return list(found.values_list("sequence__code", "code", "frame_start", "frame_end"))
