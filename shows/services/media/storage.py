"""Where media lie: the storage `media` of the settings, and how its files are called."""

from enum import StrEnum
from uuid import UUID

from pipeline.files import FileStorage, file_storage

ROOT = "versions"


class Part(StrEnum):
    """The files of one version's media."""

    MEDIA = "media"
    THUMBNAIL = "thumbnail"
    POSTER = "poster"


def media_storage() -> FileStorage:
    return file_storage()


def folder_of(key: UUID) -> str:
    """Spread over 256 folders, because some file systems are slow with large ones."""
    return f"{ROOT}/{key.hex[:2]}/{key.hex}"


def name_of(key: UUID, part: Part) -> str:
    return f"{folder_of(key)}/{part}"
