"""Where media lie: the storage `media` of the settings, and how its files are called."""

from collections.abc import Iterator
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Protocol, cast
from uuid import UUID

from django.core.files.storage import storages

from pipeline.spans import Span

ROOT = "versions"


class Part(StrEnum):
    """The files of one version's media."""

    MEDIA = "media"
    THUMBNAIL = "thumbnail"
    POSTER = "poster"


class MediaStorage(Protocol):
    """What a storage of media can do; what fails raises an OSError."""

    def put(self, source: Path, name: str) -> None:
        """Stores the file, which may be moved away. There is all of it under the name, or nothing."""

    def size(self, name: str) -> int:
        """How many bytes the file has. Raises FileNotFoundError."""

    def span(self, name: str, start: int, length: int) -> Span:
        """The bytes from `start` on."""

    def remove_all(self, prefix: str) -> None:
        """Removes the files of a folder; those that are gone do not count."""

    def folders(self, prefix: str) -> Iterator[tuple[str, datetime]]:
        """The name of each version's folder, and when it was last written."""


def media_storage() -> MediaStorage:
    return cast(MediaStorage, storages["media"])


def folder_of(key: UUID) -> str:
    """Spread over 256 folders, because some file systems are slow with large ones."""
    return f"{ROOT}/{key.hex[:2]}/{key.hex}"


def name_of(key: UUID, part: Part) -> str:
    return f"{folder_of(key)}/{part}"
