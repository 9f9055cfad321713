"""Search of rows by their short texts: each word somewhere in one of the columns, case and order aside."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.db.models import Q, QuerySet

from pipeline.search.described import matching_ids
from pipeline.search.engine import EngineDown, is_configured
from pipeline.search.groups import Group, Hit
from pipeline.search.index import Index
from pipeline.search.marks import BEGIN, END, marked
from pipeline.search.query import Query

# Matches are counted no further.
MOST_COUNTED = 1000
LONGEST_SNIPPET = 200


def found_rows(
    rows: QuerySet[Any],
    query: Query,
    limit: int,
    columns: Sequence[str],
    name: Callable[[Any], tuple[str, str]],
    text: str = "",
    index: Index | None = None,
) -> Group:
    """The rows that match, newest first; `name` gives a row's title and address, `text` names what is shown of it.

    With an `index` the engine is asked where there is one, and PostgreSQL where it does not answer. The index knows all
    rows, so `rows` must then be all of them, or none.
    """
    key = index.key if index else "pk"

    def hits(found: Iterable[Any]) -> list[Hit]:
        return [Hit(row.pk, *name(row), snippet((getattr(row, text) if text else None) or "", query)) for row in found]

    is_asked = index is not None and is_configured()
    if index and is_asked:
        try:
            ids, count = matching_ids(index, query, limit, most_counted=MOST_COUNTED)
            return Group(count, hits(rows.filter(**{f"{key}__in": ids}).order_by(f"-{key}")), "elasticsearch")
        except EngineDown:
            pass
    matching = rows.filter(condition(query, columns))
    shown = hits(matching.order_by(f"-{key}")[:limit])
    count = len(shown) if len(shown) < limit else matching.order_by()[:MOST_COUNTED].count()
    return Group(count, shown, "postgresql", degraded=is_asked)


def condition(query: Query, columns: Sequence[str]) -> Q:
    wanted = Q()
    for words in [*((word,) for word in (*query.words, query.prefix) if word), *query.phrases]:
        wanted &= somewhere(" ".join(words), columns)
    for words in query.without:
        wanted &= ~somewhere(" ".join(words), columns)
    return wanted


def somewhere(text: str, columns: Sequence[str]) -> Q:
    found = Q()
    for column in columns:
        found |= Q(**{f"{column}__icontains": text})
    return found


def snippet(text: str, query: Query) -> str:
    """The beginning of the text with the words marked."""
    shown = text[:LONGEST_SNIPPET].replace(BEGIN, "").replace(END, "")
    lower = shown.lower()
    places = [(at, at + len(word)) for word in query.positive if (at := lower.find(word)) >= 0]
    for start, end in sorted(apart(places), reverse=True):
        shown = f"{shown[:start]}{BEGIN}{shown[start:end]}{END}{shown[end:]}"
    return marked(shown)


def apart(places: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Those of the places that begin after the one before has ended."""
    kept: list[tuple[int, int]] = []
    for start, end in sorted(places):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    return kept
