"""Google Books: https://developers.google.com/books/docs/v1/reference/volumes"""

import re
from typing import Any

from catalog.connectors.found import Found
from catalog.connectors.mapping.fields import Field, mapped, sorted_out
from catalog.connectors.mapping.reading import at, line, link, names, number, objects, prose, released

IDENTIFIERS = ("ISBN_13", "ISBN_10")
COUNTRY = re.compile(r"^https://books\.google(\.[a-z]{2,3}){1,2}/")


def isbn(value: Any) -> str:
    """The number of 13 digits, else that of 10; what else a library calls the book is none."""
    given = {line(one.get("type")): line(one.get("identifier"), 20) for one in objects(value)}
    return next((given[kind] for kind in IDENTIFIERS if given.get(kind)), "")


def cover(value: Any) -> str:
    """The picture at the one host for all countries."""
    return COUNTRY.sub("https://books.google.com/", link(value))


FIELDS = (
    Field("external_id", "id", line, "ids that differ by case only are two books"),
    Field("title", "volumeInfo.title", line),
    Field("subtitle", "volumeInfo.subtitle", line),
    Field("description", "volumeInfo.description searchInfo.textSnippet", prose, "without its HTML"),
    Field("release", "volumeInfo.publishedDate", released, "a year, a month or a day"),
    Field(
        "cover_image_url",
        "volumeInfo.imageLinks.thumbnail volumeInfo.imageLinks.smallThumbnail",
        cover,
        "by HTTPS, of books.google.com in every country",
    ),
    Field("canonical_url", "volumeInfo.canonicalVolumeLink volumeInfo.infoLink selfLink", link),
    Field("book.authors", "volumeInfo.authors", names, "none where there are none"),
    Field("book.page_count", "volumeInfo.pageCount", number, "0 is none"),
    Field("book.isbn", "volumeInfo.industryIdentifiers", isbn, "`ISBN_13` before `ISBN_10`; `OTHER` is none"),
    Field("metadata.publisher", "volumeInfo.publisher", line),
    Field("metadata.categories", "volumeInfo.categories", names),
    Field("metadata.language", "volumeInfo.language", line),
)


def items(payload: Any) -> list[Found]:
    """The books of a list of hits, or the one of an answer about one; none without an id and a title."""
    volumes = [payload] if isinstance(at(payload, "volumeInfo"), dict) else objects(at(payload, "items"))
    return [found for volume in volumes if (found := book(volume))]


def book(volume: dict[str, Any]) -> Found | None:
    columns, details = sorted_out(mapped(FIELDS, volume), "book")
    external_id, url = columns.pop("external_id"), columns.pop("canonical_url")
    if not (external_id and columns["title"]):
        return None
    return Found("google_books", external_id, "book", columns, details, url, volume)
