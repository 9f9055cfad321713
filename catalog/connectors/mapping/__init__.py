"""From each source's payload to our items: pure functions that take whatever comes."""

from collections.abc import Callable
from typing import Any

from catalog.connectors.found import Found
from catalog.connectors.mapping import google_books, igdb, lastfm, tmdb
from catalog.connectors.mapping.document import mapping_document

__all__ = ["ITEMS", "mapping_document"]

ITEMS: dict[str, Callable[[Any], list[Found]]] = {
    "google_books": google_books.items,
    "tmdb": tmdb.items,
    "igdb": igdb.items,
    "lastfm": lastfm.items,
}
