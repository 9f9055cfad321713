"""Covers, kept here once they were fetched, in the size of a page."""

from hashlib import sha256
from io import BytesIO

from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import Storage, storages
from PIL import Image, UnidentifiedImageError

from catalog.connectors.covers import SECONDS, picture_at
from catalog.connectors.outcomes import SourceFailure
from catalog.connectors.wire import ask_all
from catalog.models import MediaItem, MediaSource

SIZE = (400, 600)
MOST_PIXELS = 40_000_000
FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
# A cover that could not be had is not asked for again so soon.
MISSED_SECONDS = 900


def cover_of(item: MediaItem) -> bytes | None:
    """The item's cover as WebP, fetched when nobody wanted it before; None where there is none to be had."""
    source = item.sources.exclude(cover_url="").first()
    if source is None:
        return None
    name = cover_name(source.cover_url)
    storage: Storage = storages["media"]
    if storage.exists(name):
        with storage.open(name) as file:
            return bytes(file.read())
    if cache.get(missed(name)):
        return None
    return kept(storage, name, fetched(source))


def cover_name(url: str) -> str:
    return f"covers/{sha256(url.encode()).hexdigest()[:40]}.webp"


def missed(name: str) -> str:
    return f"library:missed:{name}"


def fetched(source: MediaSource) -> bytes | None:
    name, url = source.source_name, source.cover_url
    outcome = ask_all({name: lambda: picture_at(name, url)}, seconds=SECONDS)[name]
    return None if isinstance(outcome, SourceFailure) else reduced(outcome)


def kept(storage: Storage, name: str, picture: bytes | None) -> bytes | None:
    if picture is None:
        cache.set(missed(name), 1, MISSED_SECONDS)
    else:
        storage.save(name, ContentFile(picture))
    return picture


def reduced(data: bytes) -> bytes | None:
    """A picture of ours, made of its pixels alone; None for what is none, or would fill the memory."""
    try:
        with Image.open(BytesIO(data), formats=FORMATS) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                return None
            picture.thumbnail(SIZE)
            out = BytesIO()
            picture.convert("RGB").save(out, "WEBP", quality=80)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None
    return out.getvalue()
