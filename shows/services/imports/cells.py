"""What the cells of a table say about a shot."""

import re
from collections.abc import Callable
from typing import Any

from pipeline.services.importing.cells import unguarded
from pipeline.services.importing.table import Record, Table
from shows.models import Shot, ShotStatus
from shows.services.imports.codes import is_code
from shows.services.imports.rows import Row
from shows.services.imports.table import REQUIRED

ID = re.compile(r"[0-9]{1,18}")
WHOLE_NUMBER = re.compile(r"[+-]?[0-9]{1,18}")
INT32 = range(-(2**31), 2**31)
LONGEST_DESCRIPTION = Shot._meta.get_field("description").max_length or 0
STATUSES = ", ".join(ShotStatus.values)


def rows_of(table: Table) -> list[Row]:
    """Each record as a row; what does not hold by itself is among the row's errors."""
    return [row_of(record, table.columns) for record in table.records]


def row_of(record: Record, columns: list[str]) -> Row:
    cells = dict(zip(columns, map(unguarded, record.cells), strict=False))
    row = Row(record.line, cells.get("sequence", "").strip(), cells.get("code", "").strip())
    if len(record.cells) != len(columns):
        row.refuse("row", f"The row has {len(record.cells)} cells, the header has {len(columns)}.")
        return row
    for name in REQUIRED:
        read_code(row, name, cells[name].strip())
    for name, read in READERS.items():
        if name in cells:
            read_cell(row, name, cells[name], read)
    return row


def read_code(row: Row, name: str, text: str) -> None:
    if not text:
        row.refuse(name, "This must not be empty.", "blank")
    elif not is_code(text):
        row.refuse(name, f"{text[:50]!r} is no code: 1 to 20 ASCII letters, digits, underscores, dots or hyphens.")


def read_cell(row: Row, name: str, cell: str, read: Callable[[str], Any]) -> None:
    """An empty cell empties a description and an assignment; what has no empty value it leaves as it is."""
    if not cell.strip() and name not in EMPTIED:
        return
    try:
        row.values |= {FIELDS.get(name, name): read(cell)}
    except ValueError as error:
        row.refuse(name, str(error))


def read_status(cell: str) -> str:
    if (status := cell.strip()) not in ShotStatus.values:
        raise ValueError(f"There is no status {status[:50]!r}. Use one of: {STATUSES}.")
    return status


def read_id(cell: str) -> int | None:
    text = cell.strip()
    if text and not ID.fullmatch(text):
        raise ValueError(f"{text[:50]!r} is not the id of a crew member.")
    return int(text) if text else None


def read_frame(cell: str) -> int:
    text = cell.strip()
    if not WHOLE_NUMBER.fullmatch(text) or int(text) not in INT32:
        raise ValueError(f"{text[:50]!r} is not a whole number between {INT32.start} and {INT32.stop - 1}.")
    return int(text)


def read_handle(cell: str) -> int:
    if (frames := read_frame(cell)) < 0:
        raise ValueError("A handle has no less than 0 frames.")
    return frames


def read_description(cell: str) -> str:
    if len(cell) > LONGEST_DESCRIPTION:
        raise ValueError(f"The description has {len(cell)} characters, and at most {LONGEST_DESCRIPTION} are kept.")
    return cell


READERS: dict[str, Callable[[str], Any]] = {
    "status": read_status,
    "assigned_to": read_id,
    "frame_start": read_frame,
    "frame_end": read_frame,
    "description": read_description,
    "head_handle": read_handle,
    "tail_handle": read_handle,
}
FIELDS = {"assigned_to": "assigned_to_id"}
EMPTIED = ("assigned_to", "description")
