"""What sources described, made rows of ours: an item of a source once, however often and by how many it comes."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from django.utils import timezone

from catalog.connectors import Found
from catalog.connectors.mapping import ITEMS
from catalog.models import KINDS, MediaItem, MediaSource
from catalog.services.library.media import creator_of
from catalog.services.library.writing import written
from pipeline.services import Actor

CREATED, UPDATED, UNCHANGED = "created", "updated", "unchanged"
AT_ONCE = 50


class Stored(NamedTuple):
    external_id: str
    media_id: UUID
    status: str


def store_found(found: Sequence[Found], *, by: Actor | None) -> list[Stored]:
    """Writes what one source described, in portions of their own transactions; what is there is brought up to date.

    What people changed by hand stays. A row of a list of hits never takes the place of a whole answer. Safe beside
    others that store the same: the constraint on a source's ids decides, in the order of the ids, so that nobody waits
    in a circle.
    """
    each_once = {item.external_id: item for item in found}
    ordered = sorted(each_once.values(), key=lambda item: item.external_id)
    stored: dict[str, Stored] = {}
    for start in range(0, len(ordered), AT_ONCE):
        with written():
            stored |= {row.external_id: row for row in store_portion(ordered[start : start + AT_ONCE], by)}
    return [stored[external_id] for external_id in each_once]


def store_portion(found: Sequence[Found], by: Actor | None) -> Iterator[Stored]:
    there = known_sources(found)
    new = [item for item in found if item.external_id not in there]
    made = insert(new, by) if new else {}
    if len(made) < len(new):
        there |= known_sources([item for item in new if item.external_id not in made])
    for item in found:
        if item.external_id in made:
            yield Stored(item.external_id, made[item.external_id], CREATED)
        else:
            source = there[item.external_id]
            yield Stored(item.external_id, source.media_item_id, bring_up_to_date(source, item))


def known_sources(found: Sequence[Found]) -> dict[str, MediaSource]:
    """The rows of these items' sources, locked, with their items."""
    if not found:
        return {}
    rows = MediaSource.objects.of(found[0].source_name).filter(external_id__in=[item.external_id for item in found])
    locked = rows.select_for_update(of=("self",), no_key=True).select_related("media_item").order_by("external_id")
    return {source.external_id: source for source in locked}


def insert(found: Sequence[Found], by: Actor | None) -> dict[str, UUID]:
    """Makes the items; answers which are ours, for of the same from others at this moment theirs stay."""
    rows = [(item, *rows_of(item, by)) for item in found]
    MediaItem.objects.bulk_create(media for _, media, _ in rows)
    by_kind = defaultdict(list)
    for _, _, details in rows:
        by_kind[type(details)].append(details)
    for model, kind_rows in by_kind.items():
        model._default_manager.bulk_create(kind_rows)
    MediaSource.objects.bulk_create((source_of(item, media) for item, media, _ in rows), ignore_conflicts=True)
    ours = [media.pk for _, media, _ in rows]
    kept = dict(MediaSource.objects.filter(media_item__in=ours).values_list("external_id", "media_item"))
    if len(kept) < len(rows):
        MediaItem.objects.filter(pk__in={*ours} - {*kept.values()}).delete()
    return kept


def rows_of(found: Found, by: Actor | None) -> tuple[MediaItem, Any]:
    media = MediaItem(media_type=found.media_type, added_by_id=by.pk if by else None, **found.columns)
    model: Any = KINDS[found.media_type]
    details = model(media_item=media, **found.details)
    media.creator = creator_of(details)
    return media, details


def source_of(found: Found, media: MediaItem) -> MediaSource:
    return MediaSource(media_item=media, source_name=found.source_name, external_id=found.external_id, **said_by(found))


def said_by(found: Found) -> dict[str, Any]:
    return {
        "canonical_url": found.canonical_url,
        "cover_url": found.cover_url,
        "raw_payload": found.raw,
        "is_partial": found.is_partial,
        "fetched_at": timezone.now(),
    }


def bring_up_to_date(source: MediaSource, found: Found) -> str:
    """Takes over what the source says now; says whether it said something else than before."""
    if found.is_partial and not source.is_partial:
        return UNCHANGED
    is_same = source.raw_payload == found.raw and source.is_partial == found.is_partial
    changes = said_by(found) if not is_same else {"fetched_at": timezone.now()}
    MediaSource.objects.filter(pk=source.pk).update(**changes)
    return UNCHANGED if is_same or not take_over(source, found) else UPDATED


def take_over(source: MediaSource, found: Found) -> bool:
    """Changes the item where it still is as the source described it before; says whether anything changed."""
    before = next(iter(ITEMS[source.source_name](source.raw_payload)), None)
    media = MediaItem.objects.lock_one(source.media_item_id)
    details = getattr(media, media.media_type)
    columns = differing(media, found.columns, before.columns if before else None)
    own = differing(details, found.details, before.details if before else None)
    if not (columns or own):
        return False
    for row, changes in ((details, own), (media, columns)):
        for name, value in changes.items():
            setattr(row, name, value)
    media.creator = creator_of(details)
    details.save()
    media.save()
    return True


def differing(row: Any, now: Mapping[str, Any], before: Mapping[str, Any] | None) -> dict[str, Any]:
    """What the source says otherwise now, but for what somebody has changed since it said it before."""
    return {
        name: value
        for name, value in now.items()
        if getattr(row, name) != value
        and (before is None or getattr(row, name) == before.get(name, getattr(row, name)))
    }
