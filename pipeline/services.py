import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Protocol

from django.db import IntegrityError, connection, transaction


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


def constraint_of(error: IntegrityError) -> str | None:
    """The name of the constraint that refused a write."""
    diagnosis = getattr(error.__cause__, "diag", None)
    return diagnosis.constraint_name if diagnosis else None
