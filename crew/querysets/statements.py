"""Questions that one statement of SQL answers best."""

from collections.abc import Mapping
from typing import Any, LiteralString

from django.db import connection

# Whether a person of the table `member` is under contract on each day and bound on none.
FREE = """
    member.employment @> daterange(%(start)s, %(end)s, '[]')
    AND NOT EXISTS (
        SELECT FROM booking
        WHERE booking.crew_member_id = member.id
          AND upper(booking.period) > %(start)s::date AND lower(booking.period) <= %(end)s::date)
"""


def rows_of(statement: LiteralString, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows
