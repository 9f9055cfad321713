"""Uploaded files between the look at what they would do and the doing: kept for an hour under names nobody guesses."""

import secrets
import time
from typing import IO

from django.core.files.base import File
from django.core.files.storage import default_storage

FOLDER = "imports"
LIFETIME = 60 * 60


def keep(file: File) -> str:
    """Keeps the file and answers its key; removes those whose hour is over."""
    remove_expired()
    key = f"{int(time.time())}-{secrets.token_hex(16)}"
    default_storage.save(path_of(key), file)
    return key


def kept(key: str) -> IO[bytes] | None:
    """The file of a key that `keep` gave out, or None when it is gone."""
    if is_expired(key) or not default_storage.exists(path_of(key)):
        return None
    return default_storage.open(path_of(key))


def forget(key: str) -> None:
    default_storage.delete(path_of(key))


def remove_expired() -> None:
    names = default_storage.listdir(FOLDER)[1] if default_storage.exists(FOLDER) else []
    for key in names:
        if is_expired(key):
            forget(key)


def is_expired(key: str) -> bool:
    written_at = key.partition("-")[0]
    return not written_at.isdigit() or int(written_at) < time.time() - LIFETIME


def path_of(key: str) -> str:
    return f"{FOLDER}/{key}"
