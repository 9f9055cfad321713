from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction

ALLOW = "SELECT set_config('enable_seqscan', %s, true)"


@contextmanager
def planned_cursor(*, reading_all: bool = False) -> Iterator[Any]:
    """A cursor in a transaction in which PostgreSQL reads a whole table only where that is allowed.

    Words of the notes look more common to its planner than they are when several have to meet, or one is enough.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(ALLOW, ["on" if reading_all else "off"])
        yield cursor
        cursor.execute(ALLOW, ["on"])
