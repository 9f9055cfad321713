"""Lists as CSV, streamed row by row, safe to open in a spreadsheet."""

import csv
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

import orjson
from django.http import StreamingHttpResponse
from rest_framework.renderers import BaseRenderer

# A spreadsheet would run these as formulas; our imports take the apostrophe off again.
FORMULA = ("=", "+", "-", "@", "'", "\t", "\r")
ROWS_AT_ONCE = 2000


class CsvRenderer(BaseRenderer):
    """Chosen by `format=csv`: lists stream themselves (config.api.paging); the gate refuses it for all else."""

    media_type = "text/csv"
    format = "csv"
    charset = "utf-8"

    def render(
        self, data: Any, accepted_media_type: str | None = None, renderer_context: Mapping[str, Any] | None = None
    ) -> bytes:
        return b""


def cell(value: Any) -> Any:
    """One value as it stands in the file: numbers stay numbers, text that could run gets an apostrophe."""
    if isinstance(value, str):
        return f"'{value}" if value.startswith(FORMULA) else value
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, list | dict):
        return cell(orjson.dumps(value).decode())
    return value


def column(key: str) -> str:
    """`sequence__code`, the code of a parent, is the column `sequence`."""
    return key.removesuffix("__code")


class Line:
    """A file for csv.writer that hands each line straight back."""

    def write(self, text: str) -> str:
        return text


def lines(rows: Iterable[Mapping[str, Any]], header: Iterable[str]) -> Iterator[str]:
    writer: Any = csv.writer(Line(), lineterminator="\r\n")
    yield writer.writerow([column(key) for key in header])
    for row in rows:
        yield writer.writerow([cell(value) for value in row.values()])


def response(queryset: Any, name: str) -> StreamingHttpResponse:
    """All rows of a `.values()` queryset, fetched in portions while they are sent."""
    header = [*queryset.query.values_select, *queryset.query.annotation_select]
    body = (line.encode() for line in lines(queryset.iterator(chunk_size=ROWS_AT_ONCE), header))
    answer = StreamingHttpResponse(body, content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return answer
