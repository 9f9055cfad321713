"""The rows of a dump on their way into the tables, and why PostgreSQL refuses one."""

import re
from collections.abc import Callable, Iterator
from itertools import islice

from django.db import DatabaseError, connection
from psycopg import sql

from rentals.errors import DumpRefused
from rentals.services.pagila.reading import Section, lines_of, opened
from rentals.services.pagila.tables import BY_TABLE

ROWS_AT_ONCE = 1000
# "COPY film, line 7, column length: ..." in the server's language.
CONTEXT = re.compile(r"COPY \w+, [^\d,:]+ (?P<line>\d+)(?:, \w+ (?P<column>\w+))?")
REASONS = {
    "22P02": "is no value of its type",
    "22P04": "has too many or too few columns",
    "22003": "is too large or too small",
    "22007": "is no date",
    "22008": "is no date",
    "22021": "is not in the dump's encoding",
    "23502": "lacks a value that it must have",
    "23503": "refers to a row that the dump does not hold",
    "23505": "stands there twice",
    "23514": "breaks a rule of the table",
}
# Where a constraint says it better than its kind.
RULES = {"rental_one_open_a_copy": "is of a copy that is out already", "rental_dates_in_order": "ends before it begins"}


def load_section(section: Section, tell: Callable[[int], None]) -> None:
    """Writes the rows by COPY; `tell` hears of each lot. Raises DumpRefused with the line that PostgreSQL refuses."""
    statement = sql.SQL("COPY {} ({}) FROM STDIN (ENCODING {})").format(
        sql.Identifier(section.table),
        sql.SQL(", ").join(map(sql.Identifier, section.columns)),
        sql.Literal(section.encoding),
    )
    try:
        with connection.wrap_database_errors, connection.cursor() as cursor, cursor.copy(statement) as copy:
            for rows in lots_of(section):
                copy.write(b"".join(rows))
                tell(len(rows))
    except DatabaseError as error:
        raise refusal_of(error, section) from error


def lots_of(section: Section) -> Iterator[list[bytes]]:
    with opened(section.file) as stream:
        stream.seek(section.offset)
        rows = islice(lines_of(stream, section.file, section.line), section.rows)
        while lot := [line for _, line in islice(rows, ROWS_AT_ONCE)]:
            yield lot


def refusal_of(error: DatabaseError, section: Section) -> DumpRefused:
    diagnosis = getattr(error.__cause__, "diag", None)
    found = CONTEXT.search(getattr(diagnosis, "context", None) or "")
    by_kind = REASONS.get(getattr(diagnosis, "sqlstate", None) or "", "is not taken by PostgreSQL")
    reason = RULES.get(getattr(diagnosis, "constraint_name", None) or "", by_kind)
    column = (found and found["column"]) or getattr(diagnosis, "column_name", None)
    what = f"the column {column}" if column else "the row"
    line = section.line + int(found["line"]) if found else section.line
    return DumpRefused(f"In the table {section.table} {what} {reason}.", file=section.file, line=line)


def broken_reference(error: DatabaseError, sections: list[Section]) -> DumpRefused:
    """What is said when a reference, checked at the end, leads nowhere."""
    diagnosis = getattr(error.__cause__, "diag", None)
    table = getattr(diagnosis, "table_name", None) or ""
    of_table = [section for section in sections if section.table == table]
    if not of_table:
        return DumpRefused("A row of the dump refers to one that it does not hold.")
    constraint = getattr(diagnosis, "constraint_name", None) or ""
    columns = [str(field.column) for field in BY_TABLE[table]._meta.concrete_fields if field.is_relation]
    # The name of a constraint begins with its table's and its column's.
    column = next((name for name in columns if constraint.startswith(f"{table}_{name}_")), "a column")
    rows = ", ".join(f"{section.line + 1} to {section.line + section.rows}" for section in of_table)
    detail = f"In the table {table} (lines {rows}) {column} of a row refers to one that the dump does not hold."
    return DumpRefused(detail, file=of_table[0].file)
