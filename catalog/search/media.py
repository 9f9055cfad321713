from collections.abc import Collection
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.urls import reverse

from catalog.documents import MediaDocument
from catalog.models import MediaItem
from catalog.querysets.words import Holds, MediaQuery
from pipeline.search.described import found_ids
from pipeline.search.engine import EngineDown, is_configured
from pipeline.search.groups import Group, Hit, register_group
from pipeline.search.index import Index
from pipeline.search.kinds import Kind, register_kind
from pipeline.search.matching import MOST_COUNTED, snippet
from pipeline.search.query import Query
from pipeline.services import Actor

MEDIA = Index("media", MediaDocument, key="search_number")
TITLE, CREATOR, ANYWHERE = ("title",), ("title", "creator"), ("title", "creator", "description")
# More than any score of words, so that a title comes before a name, and that before a description.
TIER = 1000.0
BEST = [{"_score": "desc"}, {"id": "desc"}]
PLAIN = "SELECT catalog_plain(said) FROM unnest(%s::text[]) WITH ORDINALITY AS typed (said, place) ORDER BY place"


def search_media(query: Query, user: Actor, limit: int) -> Group:
    """Media in which every word stands, the last one as the beginning of a word; those first that have it in the title.

    The engine is asked where there is one, and PostgreSQL where it does not answer.
    """
    rows = MediaItem.objects.visible_to(user).defer("words", "metadata")
    is_asked = is_configured()
    if is_asked:
        try:
            ids, count = found_ids(MEDIA, wanted(query), BEST, limit, most_counted=MOST_COUNTED)
            return Group(count, hits(in_order(rows, ids), query), "elasticsearch")
        except EngineDown:
            pass
    matching = rows.matching(" ".join(query.positive))
    for words in query.without:
        matching = matching.exclude(Holds(MediaQuery(" ".join(words))))
    shown = list(matching.best_first()[:limit])
    count = len(shown) if len(shown) < limit else matching.order_by()[:MOST_COUNTED].count()
    return Group(count, hits(shown, query), "postgresql", degraded=is_asked)


def wanted(query: Query) -> dict[str, Any]:
    words, *without = plain([" ".join(query.positive), *map(" ".join, query.without)])
    if not words:
        return {"must": {"match_none": {}}}
    return {
        "must": standing(words, ANYWHERE),
        "should": [{"constant_score": {"filter": standing(words, of), "boost": TIER}} for of in (TITLE, CREATOR)],
        "must_not": [standing(excluded, ANYWHERE) for excluded in without if excluded],
    }


def plain(texts: list[str]) -> list[list[str]]:
    """The words of each text as the documents hold them."""
    with connection.cursor() as cursor:
        cursor.execute(PLAIN, [texts])
        return [said.split() for (said,) in cursor.fetchall()]


def standing(words: list[str], fields: Collection[str]) -> dict[str, Any]:
    """All words somewhere in the fields, the last one as the beginning of a word."""
    kinds = ["term"] * (len(words) - 1) + ["prefix"]
    each = [
        {"bool": {"should": [{kind: {name: {"value": word}}} for name in fields], "minimum_should_match": 1}}
        for kind, word in zip(kinds, words, strict=True)
    ]
    return {"bool": {"must": each}}


def in_order(rows: QuerySet[MediaItem], ids: list[int]) -> list[MediaItem]:
    found = {row.search_number: row for row in rows.filter(search_number__in=ids)}
    return [found[number] for number in ids if number in found]


def hits(rows: list[MediaItem], query: Query) -> list[Hit]:
    return [
        Hit(row.pk, titled(row), reverse("media-page", args=[row.pk]), snippet(row.description or row.creator, query))
        for row in rows
    ]


def titled(item: MediaItem) -> str:
    return f"{item.title} ({item.release_date.year})" if item.release_date else item.title


def register() -> None:
    register_kind(Kind("media", index=MEDIA))
    register_group("media", "Media", may_read=lambda user: True, search=search_media)
