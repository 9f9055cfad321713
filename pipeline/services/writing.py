import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Protocol, TypeVar

from django.db import IntegrityError, connection, models, transaction

from pipeline.errors import NotAllowed

Row = TypeVar("Row", bound=models.Model)
# The name of a constraint, and what is raised for the row that breaks it.
Refusals = Mapping[str, Callable[[Any], Exception]]


class Actor(Protocol):
    """Who makes a change: an account, as every app sees it."""

    pk: Any
    display_name: str

    def has_perm(self, perm: str, obj: Any = None) -> bool: ...


@contextmanager
def attributed(by: Actor | None, reason: str = "") -> Iterator[None]:
    """A transaction whose changes the history triggers write down to `by`, with `reason`.

    Lasts until the transaction ends; a write that names nobody is kept without a name.
    """
    speaker = {"id": str(by.pk), "name": by.display_name, "reason": reason} if by else {"reason": reason}
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('backlot.actor', %s, true)", [json.dumps(speaker)])
        yield


def demand(by: Actor, *permissions: str) -> None:
    """Raises NotAllowed unless the actor holds one of the permissions."""
    if not any(by.has_perm(permission) for permission in permissions):
        raise NotAllowed("Your role does not allow this. Ask a coordinator or a producer.")


def saved(row: Row, refusals: Refusals) -> Row:
    """Saves a row whose values hold; foreign keys are resolved by the doors.

    Raises ValidationError by field, or the refusal of the constraint that the row breaks.
    """
    related = [field.name for field in row._meta.concrete_fields if field.is_relation]
    row.full_clean(exclude=related, validate_unique=False, validate_constraints=False)
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        refusal = refusals.get(constraint_of(error) or "")
        if refusal is None:
            raise
        raise refusal(row) from error
    return row


def changed(row: Row, changes: Mapping[str, Any], refusals: Refusals) -> Row:
    """Saves the row with its changes; nothing is written when nothing differs."""
    differing = {name: value for name, value in changes.items() if getattr(row, name) != value}
    for name, value in differing.items():
        setattr(row, name, value)
    return saved(row, refusals) if differing else row


def hanging_on(row: models.Model) -> dict[str, int]:
    """How many rows refer to this one, by the name it has for them, in whatever app; what would go with it is left out.

    Counts for sure only while the row is locked FOR UPDATE.
    """
    counts = {}
    for relation in row._meta.related_objects:
        if relation.on_delete is not models.CASCADE:
            referring = relation.related_model._base_manager.filter(**{relation.field.name: row})
            counts[relation.get_accessor_name() or relation.name] = referring.count()
    return {name: count for name, count in counts.items() if count}


def constraint_of(error: IntegrityError) -> str | None:
    """The name of the constraint that refused a write."""
    diagnosis = getattr(error.__cause__, "diag", None)
    return diagnosis.constraint_name if diagnosis else None
