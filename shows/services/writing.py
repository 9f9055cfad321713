"""How one row is written: checked, saved, and a constraint's refusal given its name."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction

from pipeline.errors import NotAllowed
from pipeline.services import Actor, constraint_of
from shows.errors import CodeTaken

Row = TypeVar("Row", bound=models.Model)

REFUSALS: dict[str, Callable[[Any], Exception]] = {
    "shows_show_code_unique": lambda show: CodeTaken("show", show.code),
    "shows_sequence_code_unique": lambda sequence: CodeTaken("sequence", sequence.code, sequence.show.code),
    "shows_shot_code_unique": lambda shot: CodeTaken("shot", shot.code, shot.sequence.code),
    "shows_shot_sequence_of_show": lambda shot: ValidationError({"sequence_id": "A shot stays in its show."}),
    "shows_review_version_of_shot": lambda review: ValidationError({"version": "This is no version of the shot."}),
}


def demand(by: Actor, *permissions: str) -> None:
    """Raises NotAllowed unless the actor holds one of the permissions."""
    if not any(by.has_perm(permission) for permission in permissions):
        raise NotAllowed("Your role does not allow this. Ask a coordinator or a producer.")


def saved(row: Row) -> Row:
    """Saves a row whose values hold; foreign keys are resolved by the doors.

    Raises ValidationError by field, or the refusal of the constraint that the row breaks.
    """
    related = [field.name for field in row._meta.concrete_fields if field.is_relation]
    row.full_clean(exclude=related, validate_unique=False, validate_constraints=False)
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        refusal = REFUSALS.get(constraint_of(error) or "")
        if refusal is None:
            raise
        raise refusal(row) from error
    return row


def changed(row: Row, changes: dict[str, Any]) -> Row:
    """Saves the row with its changes; nothing is written when nothing differs."""
    differing = {name: value for name, value in changes.items() if getattr(row, name) != value}
    for name, value in differing.items():
        setattr(row, name, value)
    return saved(row) if differing else row
