"""Files that jobs make: kept for a week beside the media, each below its job's id."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol, cast
from uuid import UUID

from django.conf import settings
from django.core.files.storage import storages
from django.utils import timezone

from pipeline.spans import Span

ROOT = "jobs"
# What a file may be called; it stands in addresses.
NAME = r"[A-Za-z0-9_][A-Za-z0-9_.\-]{0,99}"


class FileStorage(Protocol):
    """What the storage `media` of the settings can do; what fails raises an OSError."""

    def put(self, source: Path, name: str) -> None:
        """Stores the file, which may be moved away. There is all of it under the name, or nothing."""

    def size(self, name: str) -> int:
        """How many bytes the file has. Raises FileNotFoundError."""

    def span(self, name: str, start: int, length: int) -> Span:
        """The bytes from `start` on."""

    def remove_all(self, prefix: str) -> None:
        """Removes the files of a folder; those that are gone do not count."""

    def folders(self, prefix: str) -> Iterator[tuple[str, datetime]]:
        """The name of each folder two levels below, and when it was last written."""


def file_storage() -> FileStorage:
    return cast(FileStorage, storages["media"])


def keep_file(job_id: UUID, name: str, source: Path) -> None:
    """Keeps a file of a job, which may be moved away; one of that name is replaced."""
    file_storage().put(source, name_of(job_id, name))


def kept_file(job_id: UUID, name: str) -> tuple[Span, int]:
    """A file of a job and its size. Raises FileNotFoundError, an OSError where the storage fails."""
    stored = name_of(job_id, name)
    size = file_storage().size(stored)
    return file_storage().span(stored, 0, size), size


def is_kept(finished_at: datetime | None) -> bool:
    """Whether the files of a job that ended at that moment may still be read."""
    return finished_at is None or finished_at > timezone.now() - lifetime()


def remove_expired_files() -> int:
    """Removes the files whose week is over; answers of how many jobs."""
    before, removed = timezone.now() - lifetime(), 0
    for name, written_at in file_storage().folders(ROOT):
        if written_at < before:
            file_storage().remove_all(folder_of(name))
            removed += 1
    return removed


def lifetime() -> timedelta:
    kept: timedelta = settings.PIPELINE_FILES_LIFETIME
    return kept


def name_of(job_id: UUID, name: str) -> str:
    return f"{folder_of(job_id.hex)}/{name}"


def folder_of(name: str) -> str:
    """Spread over 256 folders, because some file systems are slow with large ones."""
    return f"{ROOT}/{name[:2]}/{name}"
