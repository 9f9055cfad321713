"""docs/attribute-mapping.md, written from the tables that the mapping itself goes by."""

from collections.abc import Iterator

from catalog.connectors.mapping import google_books, igdb, lastfm, tmdb
from catalog.connectors.mapping.fields import Fields

TABLES: dict[str, Fields] = {
    "Google Books: books": google_books.FIELDS,
    "TMDB: movies and series": tmdb.FIELDS,
    "IGDB: games": igdb.FIELDS,
    "Last.fm: albums": lastfm.ALBUM_FIELDS,
    "Last.fm: tracks": lastfm.TRACK_FIELDS,
}
INTRODUCTION = """# How the sources' fields become ours

Written by `make documents` from the tables that the mapping goes by; a test compares.

Of several fields of theirs the first that holds something counts. `release` is `release_date` with
`release_precision`, `metadata.…` a key of the item's `metadata`, `book.…` and the like a column of its kind;
`external_id`, `canonical_url` and the cover stand in the item's source as well. What is missing, or of a type that
makes no sense, is left blank; an item without an id or a title is none. All that a source said stays in `raw_payload`.
"""


def mapping_document() -> str:
    return "\n".join([INTRODUCTION, *(part for title, fields in TABLES.items() for part in section(title, fields))])


def section(title: str, fields: Fields) -> Iterator[str]:
    yield f"## {title}\n"
    yield "| ours | theirs | how |"
    yield "|---|---|---|"
    for field in fields:
        theirs = ", ".join(f"`{path}`" for path in field.theirs.split()) or "several"
        yield f"| `{field.ours}` | {theirs} | {field.note} |"
    yield ""
