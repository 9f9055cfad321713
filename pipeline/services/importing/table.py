"""A CSV file as records, each with the line on which it begins."""

import csv
import io
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from pipeline.errors import ImportRefused

DELIMITERS = ",;\t"
MOST_ROWS = 200_000


@dataclass(frozen=True, slots=True)
class Record:
    line: int
    cells: list[str]


@dataclass(frozen=True, slots=True)
class Table:
    """`columns` names every cell of a record, known or not, as the header has it; `ignored` are the unknown ones."""

    columns: list[str]
    records: list[Record]
    ignored: list[str]


def read_table(text: str, *, known: Collection[str], required: Collection[str]) -> Table:
    """Raises ImportRefused, with the line, for a file that is no table with the required columns.

    Commas, semicolons and tabs separate; lines without anything in them are left out.
    """
    found = records(text, delimiter_of(text, known))
    header = next(found, None)
    if header is None:
        raise ImportRefused("The file is empty.")
    columns = [cell.strip().lower() for cell in header.cells]
    refuse_header(columns, header.line, known, required)
    return Table(columns, list(found), [name for name in columns if name and name not in known])


def delimiter_of(text: str, known: Collection[str]) -> str:
    """The one that splits the first line into the most columns that we know."""
    first = text.lstrip("\r\n").partition("\n")[0]
    return max(DELIMITERS, key=lambda mark: len({name.strip(' "\r').lower() for name in first.split(mark)} & {*known}))


def records(text: str, delimiter: str) -> Iterator[Record]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1
    try:
        for number, cells in enumerate(reader):
            if number > MOST_ROWS:
                raise ImportRefused(f"The file has more than {MOST_ROWS} rows. Split it.", line=line)
            if any(cell.strip() for cell in cells):
                yield Record(line, cells)
            line = reader.line_num + 1
    except csv.Error as error:
        raise ImportRefused(explained(str(error)), line=line) from None


def explained(error: str) -> str:
    """What csv means, in words for who made the file."""
    if "limit" in error:
        return f"A cell that begins here is longer than {csv.field_size_limit()} characters. Is a quote left open?"
    return "A quote that opens here is not closed, or something stands after the closing one."


def refuse_header(columns: list[str], line: int, known: Collection[str], required: Collection[str]) -> None:
    named = Counter(name for name in columns if name)
    if doubled := [name[:50] for name, times in named.items() if times > 1]:
        raise ImportRefused(f"The header names these columns twice: {', '.join(doubled[:10])}.", line=line)
    if missing := [name for name in required if name not in named]:
        raise ImportRefused(
            f"The header lacks these columns: {', '.join(missing)}. It may have: {', '.join(known)}.", line=line
        )
