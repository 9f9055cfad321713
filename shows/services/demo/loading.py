"""How many rows get into a table at once: by COPY, with ids that are known before."""

from array import array
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import chain, count, islice
from typing import Any

from django.db import connection, models
from psycopg import sql

from pipeline.progress import Tell
from shows.models import ShowStatus

LONGEST_CODE = 20
TOLD_EVERY = 1000

FREE_CODE = """
INSERT INTO shows_show (row_version, code, title, status, production_id, created_at)
VALUES (1, %s, %s, %s, %s, %s) ON CONFLICT DO NOTHING RETURNING id
"""


def insert_show(*, code: str, title: str, status: ShowStatus, production: int | None, created_at: datetime) -> int:
    """Writes a show under `code` or, where another show has that, under the first free one of `code_2`, `code_3`, …

    Safe against others who make a show at the same time.
    """
    with connection.cursor() as cursor:
        for candidate in codes_like(code):
            cursor.execute(FREE_CODE, [candidate, title, status, production, created_at])
            if row := cursor.fetchone():
                return int(row[0])
    raise AssertionError("Numbers do not end.")


def codes_like(code: str) -> Iterator[str]:
    endings = (f"_{number}" for number in count(2))
    return chain([code], (code[: LONGEST_CODE - len(ending)] + ending for ending in endings))


def reserve_ids(model: type[models.Model], number: int) -> "array[int]":
    """So many ids of the model's table, ascending, that nobody else gets."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [model._meta.db_table, number],
        )
        return array("q", (row[0] for row in cursor))


def copy_rows(model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Writes tuples of the named columns; a constraint refuses all of them at once."""
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(model._meta.db_table), sql.SQL(", ").join(map(sql.Identifier, columns))
    )
    # Django names the database's errors in execute() only.
    with connection.wrap_database_errors, connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)


def copy_many(model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """As `copy_rows`, for so many rows that the table is another one than before.

    What refers to them is checked by plans that were made for the small table, and reads all of it for each row, until
    the planner hears of the change.
    """
    copy_rows(model, columns, rows)
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL("ANALYZE {}").format(sql.Identifier(model._meta.db_table)))


def copy_models(model: type[models.Model], made: Iterable[models.Model]) -> None:
    """Writes model instances as they are, their dates included, which saving would set."""
    fields = [field for field in model._meta.concrete_fields if not field.generated]
    rows = ([getattr(row, field.attname) for field in fields] for row in made)
    copy_rows(model, [str(field.column) for field in fields], rows)


def told(rows: Iterable[Any], stage: str, total: int, tell: Tell) -> Iterator[Any]:
    """The rows, and word of how many have passed."""
    rows = iter(rows)
    for done in range(0, total, TOLD_EVERY):
        tell(stage, done, total)
        yield from islice(rows, TOLD_EVERY)
    tell(stage, total, total)
    yield from rows
