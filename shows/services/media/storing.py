"""From an uploaded file to stored media, or to nothing at all."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import structlog
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from shows.errors import MediaNotStored, MediaTooLarge
from shows.services.media.probing import Facts, probe
from shows.services.media.storage import Part, folder_of, media_storage, name_of

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Media:
    """A stored picture or video with what is known of it, that no row names yet."""

    key: UUID
    facts: Facts
    size: int

    def columns(self) -> dict[str, Any]:
        """The media columns of a version."""
        rate = self.facts.frame_rate
        return {
            "media_key": self.key,
            "media_type": self.facts.media_type,
            "media_bytes": self.size,
            "width": self.facts.width,
            "height": self.facts.height,
            "duration": self.facts.duration,
            "frame_rate_numerator": rate.numerator if rate else None,
            "frame_rate_denominator": rate.denominator if rate else None,
            "frame_count": self.facts.frame_count,
        }

    def discard(self) -> None:
        """Removes the files, when no row came to name them."""
        remove_media(self.key)


def take_in(file: UploadedFile) -> Media:
    """Looks at an uploaded file and stores it with its small pictures, under names of our own.

    Reads, probes and writes without a lock or a transaction; keeps nothing when it fails. Raises MediaTooLarge,
    MediaRefused, MediaNotStored.
    """
    size = file.size or 0
    if size > settings.MEDIA_MAX_BYTES:
        raise MediaTooLarge(settings.MEDIA_MAX_BYTES)
    key = uuid4()
    with named_failures(), work_folder(key) as folder:
        path = folder / Part.MEDIA
        write(file, path)
        media = Media(key, probe(path, folder), size)
        store(media, folder)
    return media


def remove_media(key: UUID) -> None:
    """Removes the files of a key that no row names; those that cannot be reached are left to `sweep_media`."""
    try:
        media_storage().remove_all(folder_of(key))
    except OSError:
        log.warning("media_left", key=key.hex)


@contextmanager
def named_failures() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise MediaNotStored from error


@contextmanager
def work_folder(key: UUID) -> Iterator[Path]:
    """A folder on the disk of the uploads, gone at the end."""
    folder = settings.UPLOADS_IN_PROGRESS / key.hex
    folder.mkdir(parents=True, mode=0o700)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def write(file: UploadedFile, path: Path) -> None:
    """Moves what lies on the disk already, and writes what is in memory."""
    if hasattr(file, "temporary_file_path"):
        shutil.move(file.temporary_file_path(), path)
        return
    with path.open("wb") as target:
        for chunk in file.chunks():
            target.write(chunk)


def store(media: Media, folder: Path) -> None:
    storage = media_storage()
    try:
        for part in Part:
            if (folder / part).exists():
                storage.put(folder / part, name_of(media.key, part))
    except BaseException:
        media.discard()
        raise
