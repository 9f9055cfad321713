"""How one row is written: checked, saved, and a constraint's refusal given its name."""

from collections.abc import Collection
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from pipeline import services
from pipeline.services import Refusals, Row, demand
from shows.errors import CodeTaken
from shows.live import push_shots
from shows.models import Shot

__all__ = ["changed", "demand", "saved", "tell_pages", "tell_pages_of"]

REFUSALS: Refusals = {
    "shows_show_code_unique": lambda show: CodeTaken("show", show.code),
    "shows_sequence_code_unique": lambda sequence: CodeTaken("sequence", sequence.code, sequence.show.code),
    "shows_shot_code_unique": lambda shot: CodeTaken("shot", shot.code, shot.sequence.code),
    "shows_shot_sequence_of_show": lambda shot: ValidationError({"sequence_id": "A shot stays in its show."}),
    "shows_review_version_of_shot": lambda review: ValidationError({"version": "This is no version of the shot."}),
}


def saved(row: Row) -> Row:
    """As `pipeline.services.saved`, with the refusals of this app's constraints; who looks at the shot is told."""
    written = services.saved(row, REFUSALS)
    tell_pages_of(written)
    return written


def changed(row: Row, changes: dict[str, Any]) -> Row:
    """As `pipeline.services.changed`, with the refusals of this app's constraints; who looks at the shot is told."""
    written = services.changed(row, changes, REFUSALS)
    tell_pages_of(written)
    return written


def tell_pages_of(row: Any) -> None:
    """Tells who looks at the row's shot that it changed, when that is committed."""
    shot_id = row.pk if isinstance(row, Shot) else getattr(row, "shot_id", None)
    if shot_id:
        tell_pages([shot_id])


def tell_pages(shot_ids: Collection[int]) -> None:
    transaction.on_commit(partial(push_shots, shot_ids), robust=True)
