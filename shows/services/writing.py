"""How one row is written: checked, saved, and a constraint's refusal given its name."""

from typing import Any

from django.core.exceptions import ValidationError

from pipeline import services
from pipeline.services import Refusals, Row, demand
from shows.errors import CodeTaken

__all__ = ["changed", "demand", "saved"]

REFUSALS: Refusals = {
    "shows_show_code_unique": lambda show: CodeTaken("show", show.code),
    "shows_sequence_code_unique": lambda sequence: CodeTaken("sequence", sequence.code, sequence.show.code),
    "shows_shot_code_unique": lambda shot: CodeTaken("shot", shot.code, shot.sequence.code),
    "shows_shot_sequence_of_show": lambda shot: ValidationError({"sequence_id": "A shot stays in its show."}),
    "shows_review_version_of_shot": lambda review: ValidationError({"version": "This is no version of the shot."}),
}


def saved(row: Row) -> Row:
    """As `pipeline.services.saved`, with the refusals of this app's constraints."""
    return services.saved(row, REFUSALS)


def changed(row: Row, changes: dict[str, Any]) -> Row:
    """As `pipeline.services.changed`, with the refusals of this app's constraints."""
    return services.changed(row, changes, REFUSALS)
