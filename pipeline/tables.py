"""Rows as lines of CSV, one after the other, safe to open in a spreadsheet."""

import csv
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

import orjson

# A spreadsheet would run these as formulas; our imports take the apostrophe off again.
FORMULA = ("=", "+", "-", "@", "'", "\t", "\r")
ROWS_AT_ONCE = 2000


class Line:
    """A file for csv.writer that hands each line straight back."""

    def write(self, text: str) -> str:
        return text


def lines_of(queryset: Any) -> Iterator[str]:
    """A header and all rows: of a `.values()` queryset, fetched in portions while they are taken, or of a list."""
    if isinstance(queryset, list):
        return lines(queryset, queryset[0] if queryset else ())
    header = [*queryset.query.values_select, *queryset.query.annotation_select]
    return lines(queryset.iterator(chunk_size=ROWS_AT_ONCE), header)


def lines(rows: Iterable[Mapping[str, Any]], header: Iterable[str]) -> Iterator[str]:
    writer: Any = csv.writer(Line(), lineterminator="\r\n")
    yield writer.writerow([column(key) for key in header])
    for row in rows:
        yield writer.writerow([cell(value) for value in row.values()])


def column(key: str) -> str:
    """`sequence__code`, the code of a parent, is the column `sequence`."""
    return key.removesuffix("__code")


def cell(value: Any) -> Any:
    """One value as it stands in the file: numbers stay numbers, text that could run gets an apostrophe."""
    if isinstance(value, str):
        return f"'{value}" if value.startswith(FORMULA) else value
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, list | dict):
        return cell(orjson.dumps(value).decode())
    return value
