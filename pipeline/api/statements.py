"""Answers that PostgreSQL writes by itself: rows leave as JSON, and nothing in Python touches them."""

from collections.abc import Callable, Iterable
from functools import cached_property
from typing import Any, NamedTuple

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet, Value


class Page(NamedTuple):
    """How many rows match, and some of them as the text of a JSON array."""

    total: int
    rows: str


def counted_pages(*querysets: QuerySet[Any], offset: int = 0, limit: int) -> list[Page]:
    """A page of each queryset's `as_rows()` and its whole number, all in one statement.

    A count stands in a subselect of its own, which an index alone answers; a window over the page would read all rows.
    """
    return fetched(*written(querysets, offset, limit))


def fetched(statement: str, values: list[Any]) -> list[Page]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        found = cursor.fetchone()
    return [Page(total, rows) for total, rows in zip(found[::2], found[1::2], strict=True)]


def written(querysets: Iterable[QuerySet[Any]], offset: int, limit: int) -> tuple[str, list[Any]]:
    """The statement of `counted_pages` and its values."""
    columns, values = [], []
    for queryset in querysets:
        sql, parameters = page_columns(queryset, offset, limit)
        columns.append(sql)
        values.extend(parameters)
    return f"SELECT {', '.join(columns)}", values


class Newest:
    """The newest rows that hang on a parent, by several querysets, and how many there are of each.

    The statement is written once and kept: Django takes longer to write it than PostgreSQL to answer. `about` makes
    the querysets from the parent's id, which must be all that tells one parent's from another's.
    """

    # No id; it marks in the written statement where the parent's id belongs.
    PLACE = -(2**62)

    def __init__(self, about: Callable[[int], dict[str, QuerySet[Any]]], *, limit: int = 50) -> None:
        self.about = about
        self.limit = limit

    @cached_property
    def statement(self) -> tuple[list[str], str, list[Any]]:
        querysets = self.about(self.PLACE)
        newest_first = (queryset.order_by("-pk") for queryset in querysets.values())
        return list(querysets), *written(newest_first, 0, self.limit)

    def of(self, pk: int) -> dict[str, Page]:
        """The pages by name, of the parent `pk`."""
        names, sql, values = self.statement
        pages = fetched(sql, [pk if value == self.PLACE else value for value in values])
        return dict(zip(names, pages, strict=True))


def page_columns(queryset: Any, offset: int, limit: int) -> tuple[str, list[Any]]:
    """Two columns of SQL, the count and the page, with their values."""
    try:
        matching, matching_values = queryset.order_by().values_list(Value(1)).query.sql_with_params()
        rows, rows_values = queryset.as_rows()[offset : offset + limit].query.sql_with_params()
    except EmptyResultSet:
        return "0, '[]'", []
    columns = f"""
        (SELECT count(*) FROM ({matching}) AS matching),
        (SELECT coalesce(json_agg(page), '[]')::text FROM ({rows}) AS page)
    """  # noqa: S608 - both are Django's own SQL, their values stand apart
    return columns, [*matching_values, *rows_values]
