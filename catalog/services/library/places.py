"""Places in an order: 0, 1, 2 … without a gap. Whoever moves rows has locked what they belong to."""

from collections.abc import Collection, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection, models
from django.db.models import F


def make_room(rows: models.QuerySet[Any], position: int | None) -> int:
    """Shifts what stands at the place and after it by one; no place, or one beyond the end, is the end."""
    count = rows.count()
    if position is None or position >= count:
        return count
    rows.filter(position__gte=position).update(position=F("position") + 1)
    return position


def close_gap(rows: models.QuerySet[Any], position: int) -> None:
    """Shifts what stood after a place back by one."""
    rows.filter(position__gt=position).update(position=F("position") - 1)


def move(rows: models.QuerySet[Any], row: Any, position: int) -> int:
    """Makes the place free for a row of the same rows, as if it had been taken out first; answers its new place."""
    target = min(position, rows.count() - 1)
    if target < row.position:
        rows.filter(position__gte=target, position__lt=row.position).update(position=F("position") + 1)
    elif target > row.position:
        rows.filter(position__gt=row.position, position__lte=target).update(position=F("position") - 1)
    return target


def reorder(rows: models.QuerySet[Any], ids: Sequence[int], *, field: str) -> None:
    """Gives the rows the places of their ids, in one statement.

    Raises ValidationError for the field unless the ids are those of all rows, each once.
    """
    known: Collection[int] = set(rows.values_list("pk", flat=True))
    if len(ids) != len(known) or set(ids) != known:
        raise ValidationError({field: "Name each one of them once, and no other. Fetch the menu again."})
    table = connection.ops.quote_name(rows.model._meta.db_table)
    statement = f"""
        UPDATE {table} SET position = place.number - 1
        FROM unnest(%s::bigint[]) WITH ORDINALITY AS place (id, number)
        WHERE {table}.id = place.id AND position <> place.number - 1
    """  # noqa: S608 - the name of a table of ours
    with connection.cursor() as cursor:
        cursor.execute(statement, [list(ids)])
