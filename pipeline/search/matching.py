"""Search of small tables by PostgreSQL: each word somewhere in one of the columns, case and order aside."""

from collections.abc import Callable, Sequence
from typing import Any

from django.db.models import Q, QuerySet

from pipeline.search.groups import Group, Hit
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
) -> Group:
    """The rows that match, newest first; `name` gives a row's title and address, `text` names what is shown of it."""
    matching = rows.filter(condition(query, columns))
    hits = []
    for row in matching.order_by("-pk")[:limit]:
        title, url = name(row)
        shown = (getattr(row, text) if text else None) or ""
        hits.append(Hit(row.pk, title, url, snippet(shown, query)))
    is_all = len(hits) < limit
    return Group(len(hits) if is_all else matching.order_by()[:MOST_COUNTED].count(), hits)


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
