"""How rows of the library are written, and found before that."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import OperationalError, transaction

from catalog.errors import LibraryCollided
from catalog.models import MediaItem
from pipeline.services import Actor

COLLISIONS = frozenset({"40001", "40P01"})


@contextmanager
def written() -> Iterator[None]:
    """A transaction; what PostgreSQL breaks off, because others write the same rows, is LibraryCollided."""
    try:
        with transaction.atomic():
            yield
    except OperationalError as error:
        if getattr(error.__cause__, "sqlstate", None) not in COLLISIONS:
            raise
        raise LibraryCollided from error


def named_media(media_id: UUID, by: Actor, field: str = "media_id") -> MediaItem:
    """The item that an input named. Raises ValidationError for the field when there is none."""
    item = MediaItem.objects.visible_to(by).filter(pk=media_id).first()
    if item is None:
        raise ValidationError({field: f"There is no media item {media_id}."})
    return item


def own(model: Any, pk: object, by: Actor, *, lock: bool = False) -> Any:
    """The actor's own row, locked if asked for. Raises DoesNotExist for anybody else's."""
    rows = model.objects.visible_to(by)
    return (rows.select_for_update(of=("self",), no_key=True) if lock else rows).get(pk=pk)
