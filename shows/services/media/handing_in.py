"""The next version of a shot with its picture or video."""

from collections.abc import Callable
from typing import Any

from django.core.files.uploadedfile import UploadedFile

from pipeline.services import Actor
from shows.models import Shot, Version
from shows.services.media.storing import take_in
from shows.services.shots import add_version, demand_hand_in

# Opens the transaction in which the rest of a request runs; calls what it is given when that is rolled back.
Begin = Callable[[Callable[[], None]], None]


def begin_nothing(undo: Callable[[], None]) -> None:
    """For callers without a transaction of their own."""


def hand_in_version(
    shot_id: int, *, by: Actor, file: UploadedFile | None = None, begin: Begin = begin_nothing, **fields: Any
) -> Version:
    """Hands in the next version, with `file` as its media.

    The file is looked at and stored while nothing is locked and no transaction is open; `begin` opens the caller's
    after that. The row comes last, as in `add_version`. Whatever fails, no file stays. Raises what `take_in` and
    `add_version` raise.
    """
    demand_hand_in(Shot.objects.get(pk=shot_id), by)
    media = take_in(file) if file else None
    undo = media.discard if media else nothing
    try:
        begin(undo)
        return add_version(shot_id, by=by, media=media, **fields)
    except BaseException:
        undo()
        raise


def nothing() -> None:
    """There is no file to remove."""
