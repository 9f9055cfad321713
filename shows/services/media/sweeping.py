"""Removes what uploads left behind that nobody could clean up after: a killed process, a lost machine."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from shows.models import Version
from shows.services.media.storage import ROOT, folder_of, media_storage

# An upload takes hours at most, and its row comes seconds after its files.
OLD = timedelta(days=1)
ASKED_AT_ONCE = 1000


def sweep_media() -> int:
    """Removes stored media without a row and unfinished uploads, older than a day both; answers how many.

    Nothing is locked: what an upload that goes on has written is younger.
    """
    before = timezone.now() - OLD
    return sweep_storage(before) + sweep_uploads(before)


def sweep_storage(before: datetime) -> int:
    keys, removed = old_keys(before), 0
    while asked := list(islice(keys, ASKED_AT_ONCE)):
        known = set(Version.objects.filter(media_key__in=asked).values_list("media_key", flat=True))
        for key in asked:
            if key not in known:
                media_storage().remove_all(folder_of(key))
                removed += 1
    return removed


def old_keys(before: datetime) -> Iterator[UUID]:
    for name, written_at in media_storage().folders(ROOT):
        if written_at < before and (key := key_of(name)):
            yield key


def key_of(name: str) -> UUID | None:
    """The key whose folder is called so; what others put there is none of ours."""
    try:
        key = UUID(hex=name)
    except ValueError:
        return None
    return key if key.hex == name else None


def sweep_uploads(before: datetime) -> int:
    folder, removed = settings.UPLOADS_IN_PROGRESS, 0
    for leftover in folder.iterdir() if folder.is_dir() else ():
        if datetime.fromtimestamp(leftover.stat().st_mtime, UTC) < before:
            if leftover.is_dir():
                shutil.rmtree(leftover, ignore_errors=True)
            else:
                leftover.unlink(missing_ok=True)
            removed += 1
    return removed
