"""What the cells of a table say about somebody."""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from crew.services.imports.rows import Row
from pipeline.services.importing.cells import unguarded
from pipeline.services.importing.table import Record, Table

REQUIRED = ("full_name",)
COLUMNS = (*REQUIRED, "role", "department", "hire_date", "fire_date", "email", "day_rate", "id")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
AMOUNT = re.compile(r"[0-9]{1,8}(\.[0-9]{1,2})?")
ID = re.compile(r"[0-9]{1,18}")
LONGEST = {"full_name": 200, "role": 100, "department": 100, "email": 254}
# An empty cell of these empties the column; one of the others leaves it as it is.
EMPTIED = ("fire_date", "email", "day_rate")


def rows_of(table: Table) -> list[Row]:
    """Each record as a row; what does not hold by itself is among the row's errors."""
    return [row_of(record, table.columns) for record in table.records]


def row_of(record: Record, columns: list[str]) -> Row:
    cells = {name: unguarded(cell).strip() for name, cell in zip(columns, record.cells, strict=False)}
    row = Row(record.line, cells.get("full_name", ""), cells.get("role", ""), cells.get("department", ""))
    if len(record.cells) != len(columns):
        row.refuse("row", f"The row has {len(record.cells)} cells, the header has {len(columns)}.")
        return row
    if not row.full_name:
        row.refuse("full_name", "This must not be empty.", "blank")
    for name, most in LONGEST.items():
        if len(cells.get(name, "")) > most:
            row.refuse(name, f"This has more than {most} characters.", "max_length")
    for name, read in READERS.items():
        if name in cells:
            read_cell(row, name, cells[name], read)
    row.pk = row.values.pop("id", None)
    return row


def read_cell(row: Row, name: str, cell: str, read: Callable[[str], Any]) -> None:
    if not cell:
        if name in EMPTIED:
            row.values[name] = "" if name == "email" else None
        return
    try:
        row.values[name] = read(cell)
    except ValueError as error:
        row.refuse(name, str(error))


def read_day(cell: str) -> date:
    try:
        found = date.fromisoformat(cell) if DAY.fullmatch(cell) else None
    except ValueError:
        found = None
    if found is None:
        raise ValueError(f"{cell[:50]!r} is no day. Write it as 2030-01-31.")
    return found


def read_amount(cell: str) -> Decimal:
    if not AMOUNT.fullmatch(cell):
        raise ValueError(f"{cell[:50]!r} is no amount. Write it as 450.00.")
    return Decimal(cell)


def read_email(cell: str) -> str:
    try:
        validate_email(cell)
    except ValidationError:
        raise ValueError(f"{cell[:50]!r} is no e-mail address.") from None
    return cell


def read_id(cell: str) -> int:
    if not ID.fullmatch(cell):
        raise ValueError(f"{cell[:50]!r} is not the id of a crew member.")
    return int(cell)


READERS: dict[str, Callable[[str], Any]] = {
    "full_name": str,
    "hire_date": read_day,
    "fire_date": read_day,
    "email": read_email,
    "day_rate": read_amount,
    "id": read_id,
}
