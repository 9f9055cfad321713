"""Where media come from, as each source wants it said, and whether there is a cover to show."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from catalog.models import MediaSource, SourceName

WEB = ("https://", "http://")
NOTICES = {
    SourceName.GOOGLE_BOOKS: "Details of books by Google Books.",
    SourceName.TMDB: "This product uses the TMDB API but is not endorsed or certified by TMDB.",
    SourceName.IGDB: "Details of games by IGDB.com.",
    SourceName.LASTFM: "Details of music by Last.fm.",
}


def credits_of(sources: Iterable[Mapping[str, Any]]) -> list[dict[str, str]]:
    """The names of an item's sources, and where the item stands there."""
    return [
        {
            "name": str(SourceName(source["source_name"]).label),
            "url": source["canonical_url"] if source["canonical_url"].startswith(WEB) else "",
        }
        for source in sources
    ]


def notices_of(media: Iterable[Mapping[str, Any]]) -> list[str]:
    """What is to be said once a page about the sources of what stands on it."""
    used = {source["source_name"] for item in media for source in item["sources"]}
    return [notice for name, notice in NOTICES.items() if name in used]


def covered(media: Iterable[Mapping[str, Any]]) -> set[str]:
    """The ids of those that a source has a cover of: one query."""
    ids = {UUID(str(item["id"])) for item in media}
    sources = MediaSource.objects.filter(media_item__in=ids).exclude(cover_url="")
    return {str(pk) for pk in sources.values_list("media_item", flat=True)} if ids else set()


def drawn(media: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """The items with what templates say of each: its cover, its year, its credits."""
    items = list(media)
    with_cover = covered(items)
    return [
        item
        | {
            "has_cover": str(item["id"]) in with_cover,
            "year": str(item["release_date"] or "")[:4],
            "credits": credits_of(item["sources"]),
        }
        for item in items
    ]
