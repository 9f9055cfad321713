"""Items that people add and change by hand."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from catalog.models import KINDS, KindModel, MediaItem, ReleasePrecision
from pipeline import services
from pipeline.errors import NotAllowed, StillHolds
from pipeline.services import Actor, demand, hanging_on

LONGEST_CREATOR = 2000


def create_media(*, by: Actor, media_type: str, details: Mapping[str, Any] | None = None, **columns: Any) -> MediaItem:
    """A new item with the row of its kind; `details` are the columns of that. Everybody with an account may.

    A date without a precision is a day. Raises ValidationError by field.
    """
    columns = with_release(columns, None)
    item = MediaItem(media_type=media_type, added_by_id=by.pk, **columns)
    model: Any = KINDS[media_type]
    row = model(media_item=item, **(details or {}))
    item.creator = creator_of(row)
    with transaction.atomic():
        services.saved(item, {})
        save_details(row, media_type)
    return item


def change_media(
    media_id: UUID,
    *,
    by: Actor,
    expected_version: int | None = None,
    details: Mapping[str, Any] | None = None,
    **changes: Any,
) -> MediaItem:
    """Changes an item, which is locked: those who hold the right any, others what they added themselves.

    A kind stays what it is. Raises NotAllowed, ValidationError by field, StaleVersion, MediaItem.DoesNotExist.
    """
    with transaction.atomic():
        item = MediaItem.objects.lock_one(media_id, expected_version=expected_version)
        demand_own(item, by)
        if changes.pop("media_type", item.media_type) != item.media_type:
            raise ValidationError({"media_type": "An item stays what it is. Add another one."})
        changes = with_release(changes, item)
        if details and changed_details(item, details):
            # The kind's row is a part of what a reader of the item has read.
            changes |= {"creator": creator_of(getattr(item, item.media_type)), "updated_at": timezone.now()}
        return services.changed(item, changes, {})


def delete_media(media_id: UUID, *, by: Actor) -> None:
    """Deletes an item that is on nobody's list and in no menu; locks it. Raises StillHolds, NotAllowed."""
    demand(by, "catalog.delete_mediaitem")
    with transaction.atomic():
        item = MediaItem.objects.select_for_update(of=("self",)).get(pk=media_id)
        if counts := hanging_on(item):
            raise StillHolds("item", "It is on people's lists, or a film shows it.", **counts)
        item.delete()


def demand_own(item: MediaItem, by: Actor) -> None:
    if item.added_by_id != by.pk and not by.has_perm("catalog.change_mediaitem"):
        raise NotAllowed("You change media that you added yourself. Ask a clerk.")


def creator_of(row: KindModel) -> str:
    return ", ".join(row.creators)[:LONGEST_CREATOR]


def changed_details(item: MediaItem, details: Mapping[str, Any]) -> bool:
    """Saves what differs in the row of the kind; says whether anything did."""
    row = getattr(item, item.media_type)
    differing = {name: value for name, value in details.items() if getattr(row, name) != value}
    for name, value in differing.items():
        setattr(row, name, value)
    if differing:
        save_details(row, item.media_type)
    return bool(differing)


def save_details(row: KindModel, kind: str) -> None:
    """Raises ValidationError by field, each called `<kind>.<column>`."""
    try:
        row.clean_fields(exclude=["media_item"])
    except ValidationError as error:
        raise ValidationError({f"{kind}.{name}": said for name, said in error.message_dict.items()}) from error
    row.save()


def with_release(columns: dict[str, Any], item: MediaItem | None) -> dict[str, Any]:
    """The columns with a date and a precision that go together. Raises ValidationError for a precision alone."""
    if not columns.keys() & {"release_date", "release_precision"}:
        return columns
    day = columns.get("release_date", item.release_date if item else None)
    precision = columns.get("release_precision", item.release_precision if item else None)
    if day is None:
        if columns.get("release_precision") and columns.get("release_date", "") is not None:
            raise ValidationError({"release_precision": "Of no date there is no precision. Give release_date too."})
        return columns | {"release_date": None, "release_precision": None}
    precision = precision or ReleasePrecision.DAY
    return columns | {"release_date": rounded(day, precision), "release_precision": precision}


def rounded(day: date, precision: str) -> date:
    """What is not known of a date is written as January or the first."""
    if precision == ReleasePrecision.YEAR:
        return day.replace(month=1, day=1)
    return day.replace(day=1) if precision == ReleasePrecision.MONTH else day
