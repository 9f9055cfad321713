"""Pages of lists: counted ones by limit and offset, growing feeds by cursor."""

import base64
import binascii
from typing import Any, ClassVar

import orjson
from django.db.models import QuerySet
from rest_framework.exceptions import ValidationError
from rest_framework.pagination import BasePagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import remove_query_param, replace_query_param

from config.api import csv
from pipeline.api.statements import FeedPage, Page, counted_pages, feed_page, values_page

DEFAULT_LIMIT = 50
MOST = 200
BIGGEST = 2**63 - 1


def whole_number(request: Request, name: str, *, least: int, most: int, default: int) -> int:
    """The query parameter `name`; what is no whole number within the bounds is refused by name."""
    raw = request.query_params.get(name)
    if raw is None:
        return default
    if not (raw.isascii() and raw.isdigit() and len(raw) < 20 and least <= int(raw) <= most):
        raise ValidationError({name: f"A whole number from {least} to {most}."}, code="invalid")
    return int(raw)


def is_csv(request: Request) -> bool:
    return request.accepted_renderer.format == "csv"


def is_json(request: Request) -> bool:
    return request.accepted_renderer.format == "json"


def list_name(view: Any) -> str:
    return str(view.basename) if getattr(view, "basename", None) else "rows"


class LimitOffset(BasePagination):
    """`{count, next, previous, results}`: 50 rows unless `limit` says 1 to 200, from `offset` (or `skip`) on.

    As CSV all rows come, cut only by the `limit` and `offset` that were sent.
    """

    parameters: ClassVar = {"limit": "At most so many rows: 1 to 200.", "offset": "Leave out so many rows at first.",
                            "skip": "Another name of `offset`."}  # fmt: skip
    default_limit = DEFAULT_LIMIT
    most = MOST

    def paginate_queryset(self, queryset: Any, request: Request, view: Any = None) -> Any:
        self.request, self.view = request, view
        self.limit = whole_number(request, "limit", least=1, most=self.most, default=self.default_limit)
        self.offset = self.read_offset(request)
        if is_csv(request):
            return self.csv_rows(self.as_table(queryset))
        self.count, rows = self.page_of(queryset)
        return orjson.Fragment(rows) if is_json(request) else orjson.loads(rows)

    def page_of(self, queryset: Any) -> Page:
        [page] = counted_pages(queryset, offset=self.offset, limit=self.limit)
        return page

    def as_table(self, queryset: Any) -> Any:
        return queryset.as_csv_rows()

    def read_offset(self, request: Request) -> int:
        if "offset" in request.query_params and "skip" in request.query_params:
            raise ValidationError({"skip": "Another name of offset: give one of them."})
        name = "skip" if "skip" in request.query_params else "offset"
        return whole_number(request, name, least=0, most=BIGGEST - self.limit, default=0)

    def csv_rows(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        end = self.offset + self.limit if "limit" in self.request.query_params else None
        return queryset[self.offset : end]

    def get_paginated_response(self, data: Any) -> Any:
        if is_csv(self.request):
            return csv.response(data, list_name(self.view))
        return Response(self.envelope(data))

    def envelope(self, data: Any) -> dict[str, Any]:
        return {"count": self.count, "next": self.next_link(), "previous": self.previous_link(), "results": data}

    def next_link(self) -> str | None:
        return self.link(self.offset + self.limit) if self.offset + self.limit < self.count else None

    def previous_link(self) -> str | None:
        return self.link(max(0, self.offset - self.limit)) if self.offset else None

    def link(self, offset: int) -> str:
        url = remove_query_param(self.request.build_absolute_uri(), "skip")
        return replace_query_param(replace_query_param(url, "limit", self.limit), "offset", offset)

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        return envelope(schema, {"count": {"type": "integer", "minimum": 0}})

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        limit = {"minimum": 1, "maximum": self.most, "default": self.default_limit}
        start = {"minimum": 0, "maximum": BIGGEST - self.most}
        return [
            parameter(name, text, {"type": "integer"} | (limit if name == "limit" else start))
            for name, text in self.parameters.items()
        ]


class ValuesPages(LimitOffset):
    """The same for rows in another form than their model's: querysets that are `.values()` already, and short lists."""

    def page_of(self, queryset: Any) -> Page:
        if isinstance(queryset, list):
            rows = queryset[self.offset : self.offset + self.limit]
            return Page(len(queryset), orjson.dumps(rows).decode())
        return values_page(queryset, offset=self.offset, limit=self.limit)

    def as_table(self, queryset: Any) -> Any:
        return queryset


class Feed(BasePagination):
    """`{next, previous, results}`, newest first: what only grows is paged by a cursor, so that no row shifts."""

    parameters: ClassVar = {"limit": "At most so many rows: 1 to 200.", "cursor": "Where to go on, from `next`."}

    def paginate_queryset(self, queryset: Any, request: Request, view: Any = None) -> Any:
        self.request, self.view = request, view
        self.limit = whole_number(request, "limit", least=1, most=MOST, default=DEFAULT_LIMIT)
        cursor = request.query_params.get("cursor")
        newer, mark = read_cursor(cursor) if cursor is not None else (False, None)
        if is_csv(request):
            rows = queryset.filter(pk__lt=mark) if mark is not None and not newer else queryset
            return rows.order_by("-pk").as_csv_rows()[: self.limit if "limit" in request.query_params else None]
        self.page = self.turned(queryset, newer, mark)
        return orjson.Fragment(self.page.rows) if is_json(request) else orjson.loads(self.page.rows)

    def turned(self, queryset: Any, newer: bool, mark: int | None) -> FeedPage:
        """One page: rows older than the mark, or the nearest newer ones."""
        if newer:
            page = feed_page(queryset.filter(pk__gt=mark).order_by("pk"), self.limit)
            self.has_newer, self.has_older = page.goes_on, True
        else:
            older = queryset if mark is None else queryset.filter(pk__lt=mark)
            page = feed_page(older.order_by("-pk"), self.limit)
            self.has_newer, self.has_older = mark is not None, page.goes_on
        return page

    def get_paginated_response(self, data: Any) -> Any:
        if is_csv(self.request):
            return csv.response(data, list_name(self.view))
        older = self.link(f"o{self.page.oldest}") if self.page.oldest and self.has_older else None
        newer = self.link(f"n{self.page.newest}") if self.page.newest and self.has_newer else None
        return Response({"next": older, "previous": newer, "results": data})

    def link(self, mark: str) -> str:
        cursor = base64.urlsafe_b64encode(mark.encode()).decode().rstrip("=")
        url = replace_query_param(self.request.build_absolute_uri(), "limit", self.limit)
        return replace_query_param(url, "cursor", cursor)

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        return envelope(schema, {})

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        limit = {"type": "integer", "minimum": 1, "maximum": MOST, "default": DEFAULT_LIMIT}
        shapes: dict[str, dict[str, Any]] = {"limit": limit, "cursor": {"type": "string"}}
        return [parameter(name, text, shapes[name]) for name, text in self.parameters.items()]


def read_cursor(cursor: str) -> tuple[bool, int]:
    """Whether newer rows are wanted, and the id that they are counted from."""
    try:
        mark = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode("ascii")
    except (binascii.Error, ValueError):
        mark = ""
    digits = mark[1:]
    if mark[:1] not in ("o", "n") or not digits.isdigit() or int(digits[:20]) > BIGGEST:
        raise ValidationError({"cursor": "Not a cursor of ours. Take it from next or previous."}, code="invalid")
    return mark[0] == "n", int(digits)


def envelope(schema: dict[str, Any], more: dict[str, Any]) -> dict[str, Any]:
    link = {"type": ["string", "null"], "format": "uri"}
    properties = more | {"next": link, "previous": link, "results": schema}
    return {"type": "object", "required": list(properties), "properties": properties}


def parameter(name: str, description: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "in": "query", "required": False, "description": description, "schema": schema}
