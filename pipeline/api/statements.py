"""Answers that PostgreSQL writes by itself: rows leave as JSON, and nothing in Python touches them."""

from collections.abc import Callable, Iterable
from functools import cache, cached_property
from typing import Any, NamedTuple

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet, Value

Sql = tuple[str, list[Any]]


class Page(NamedTuple):
    """How many rows match, and some of them as the text of a JSON array."""

    total: int
    rows: str


class FeedPage(NamedTuple):
    """Some rows as the text of a JSON array, their first and last id, and whether more follow."""

    rows: str
    newest: int | None
    oldest: int | None
    goes_on: bool


def counted_pages(*querysets: QuerySet[Any], offset: int = 0, limit: int) -> list[Page]:
    """A page of each queryset's `as_rows()` and its whole number, all in one statement.

    A count stands in a subselect of its own, which an index alone answers; a window over the page would read all rows.
    """
    return fetched_pages(*pages_sql(querysets, offset, limit))


def values_page(values: QuerySet[Any], *, offset: int = 0, limit: int) -> Page:
    """A page of a `.values()` queryset as it stands, and its whole number, in one statement."""
    try:
        matching, matching_values = values.order_by().query.sql_with_params()
        page, page_values = values[offset : offset + limit].query.sql_with_params()
    except EmptyResultSet:
        return Page(0, "[]")
    statement = f"""
        SELECT (SELECT count(*) FROM ({matching}) AS matching),
               (SELECT coalesce(json_agg(source), '[]')::text FROM ({page}) AS source)
    """  # noqa: S608 - all of it is Django's own SQL, the values stand apart
    return Page(*fetched(statement, [*matching_values, *page_values]))


def fetched_pages(statement: str, values: list[Any]) -> list[Page]:
    found = fetched(statement, values)
    return [Page(total, rows) for total, rows in zip(found[::2], found[1::2], strict=True)]


def fetched(statement: str, values: list[Any]) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchone()


def pages_sql(querysets: Iterable[QuerySet[Any]], offset: int, limit: int) -> Sql:
    """The statement of `counted_pages`."""
    columns, values = [], []
    for queryset in querysets:
        sql, parameters = page_sql(queryset, offset, limit)
        columns.append(sql)
        values.extend(parameters)
    return f"SELECT {', '.join(columns)}", values


def page_sql(queryset: QuerySet[Any], offset: int, limit: int) -> Sql:
    """Two columns, the count and the page: first the ids of the page, then only their rows."""
    try:
        matching, matching_values = queryset.order_by().values_list(Value(1)).query.sql_with_params()
        ids, ids_values = queryset.values("pk")[offset : offset + limit].query.sql_with_params()
    except EmptyResultSet:
        return "0, '[]'", []
    model: Any = queryset.model
    source, source_values = row_source(model)
    columns = f"""
        (SELECT count(*) FROM ({matching}) AS matching),
        (SELECT coalesce(json_agg(source ORDER BY place.number), '[]')::text
         FROM (SELECT pk, row_number() OVER () AS number FROM ({ids}) AS page (pk)) AS place
         JOIN ({source}) AS source ON source.{model._meta.pk.attname} = place.pk)
    """  # noqa: S608 - all of it is Django's own SQL, the values stand apart
    return columns, [*matching_values, *ids_values, *source_values]


def feed_page(queryset: QuerySet[Any], limit: int) -> FeedPage:
    """The first rows of an ordered queryset, newest first whatever that order, in one statement."""
    try:
        ids, ids_values = queryset.values("pk")[: limit + 1].query.sql_with_params()
    except EmptyResultSet:
        return FeedPage("[]", None, None, goes_on=False)
    model: Any = queryset.model
    source, source_values = row_source(model)
    statement = f"""
        SELECT coalesce(json_agg(source ORDER BY place.pk DESC) FILTER (WHERE place.number <= %s), '[]')::text,
               max(place.pk) FILTER (WHERE place.number <= %s), min(place.pk) FILTER (WHERE place.number <= %s),
               count(*) > %s
        FROM (SELECT pk, row_number() OVER () AS number FROM ({ids}) AS page (pk)) AS place
        JOIN ({source}) AS source ON source.{model._meta.pk.attname} = place.pk
    """  # noqa: S608 - all of it is Django's own SQL, the values stand apart
    return FeedPage(*fetched(statement, [limit, limit, limit, limit, *ids_values, *source_values]))


def json_rows(queryset: QuerySet[Any], rows: str = "as_rows") -> list[str]:
    """The rows of an ordered queryset as texts of JSON objects, in one statement; `rows` says what of each."""
    try:
        ids, ids_values = queryset.values("pk").query.sql_with_params()
    except EmptyResultSet:
        return []
    model: Any = queryset.model
    source, source_values = row_source(model, rows)
    statement = f"""
        SELECT row_to_json(source)::text
        FROM (SELECT pk, row_number() OVER () AS number FROM ({ids}) AS page (pk)) AS place
        JOIN ({source}) AS source ON source.{model._meta.pk.attname} = place.pk
        ORDER BY place.number
    """  # noqa: S608 - all of it is Django's own SQL, the values stand apart
    with connection.cursor() as cursor:
        cursor.execute(statement, [*ids_values, *source_values])
        return [text for (text,) in cursor.fetchall()]


@cache
def row_source(model: Any, rows: str = "as_rows") -> Sql:
    """The SQL of a model's `as_rows()`, written once: Django takes longer to write it than PostgreSQL to answer."""
    statement, values = getattr(model._default_manager.order_by(), rows)().query.sql_with_params()
    return statement, list(values)


class Newest:
    """The newest rows that hang on a parent, by several querysets, and how many there are of each.

    The statement is written once and kept. `about` makes the querysets from the parent's id, which must be all that
    tells one parent's from another's.
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
        return list(querysets), *pages_sql(newest_first, 0, self.limit)

    def of(self, pk: int) -> dict[str, Page]:
        """The pages by name, of the parent `pk`."""
        names, sql, values = self.statement
        pages = fetched_pages(sql, [pk if value == self.PLACE else value for value in values])
        return dict(zip(names, pages, strict=True))
