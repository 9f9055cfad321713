"""A tag and an item of a file, made rows of ours."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.dateparse import parse_datetime

from catalog.models import Finish, MediaItem, MediaSource, MediaState, MediaType, Tag, TaggedMedia
from catalog.services.library.media import create_media
from catalog.services.library.tags import create_tag
from catalog.services.library.transfer.exporting import MEDIA, STATE
from pipeline import services
from pipeline.services import Actor
from pipeline.services.importing.rows import Action

Json = Mapping[str, Any]
MOST_FINISHES = 1000


def carry_out_tag(value: Json, by: Actor, ids: Any) -> Action:
    """A tag of the name, regardless of case."""
    name = text_in(value, "name")
    if Tag.objects.visible_to(by).filter(name__iexact=name).exists():
        return Action.UNCHANGED
    create_tag(by=by, name=name)
    return Action.CREATED


def carry_out_media(value: Json, by: Actor, ids: dict[str, UUID]) -> Action:
    """The item with the state and the tags that the file gives it."""
    media, is_new = media_of(value, by)
    ids[str(value.get("id"))] = media.pk
    state = put(value["state"], media, by) if value.get("state") else Action.UNCHANGED
    tagged = [tag_with(name, media, by) for name in value.get("tags") or []]
    if is_new or state == Action.CREATED:
        return Action.CREATED
    return Action.UPDATED if state == Action.UPDATED or any(tagged) else Action.UNCHANGED


def media_of(value: Json, by: Actor) -> tuple[MediaItem, bool]:
    """The item that is meant, and whether it had to be added."""
    own_id = id_in(value)
    known = MediaItem.objects.visible_to(by).filter(pk=own_id).first() if own_id else None
    known = known or by_source(value.get("sources") or [])
    if known:
        return known, False
    kind = value.get("media_type")
    if kind not in MediaType.values:
        raise ValidationError({"media_type": f"One of {', '.join(MediaType.values)}."})
    columns = {name: value[name] for name in MEDIA if value.get(name) not in (None, "") and name != "media_type"}
    if not isinstance(columns.get("metadata", {}), dict):
        raise ValidationError({"metadata": "An object is wanted."})
    day = columns.get("release_date")
    if day is not None:
        columns["release_date"] = MediaItem._meta.get_field("release_date").to_python(day)
    if own_id:
        columns["id"] = own_id
    return create_media(by=by, media_type=kind, details=details_in(value, kind), **columns), True


def details_in(value: Json, kind: str) -> dict[str, Any]:
    return {name: one for name, one in (value.get(kind) or {}).items() if one is not None}


def id_in(value: Json) -> UUID | None:
    try:
        return UUID(value["id"]) if value.get("id") else None
    except ValueError:
        raise ValidationError({"id": "This is no id of an item."}) from None


def by_source(origins: Any) -> MediaItem | None:
    for origin in origins:
        source = MediaSource.objects.filter(
            source_name=origin["source_name"], external_id=origin["external_id"]
        ).select_related("media_item")
        if found := source.first():
            return found.media_item
    return None


def put(value: Json, media: MediaItem, by: Actor) -> Action:
    """The state exactly as the file has it, its instants and finishes included."""
    wanted = {name: value[name] for name in STATE if name in value}
    for name in ("started_at", "finished_at"):
        if name in wanted:
            wanted[name] = instant(wanted[name], name)
    state = MediaState.objects.visible_to(by).filter(media_item=media).first()
    row = state or MediaState(user_id=by.pk, media_item=media)
    before = {name: getattr(row, name) for name in wanted}
    for name, one in wanted.items():
        setattr(row, name, column(name).to_python(one if one is None or name != "rating" else str(one)))
    differs = state is None or any(getattr(row, name) != one for name, one in before.items())
    if differs:
        services.saved(row, {})
    differs = replaced_finishes(row, value.get("finishes")) or differs
    return Action.CREATED if state is None else (Action.UPDATED if differs else Action.UNCHANGED)


def column(name: str) -> Any:
    return MediaState._meta.get_field(name)


def replaced_finishes(state: MediaState, finishes: Any) -> bool:
    """Keeps exactly these times; a table says nothing of them, and leaves what there is."""
    if finishes is None:
        return False
    wanted = sorted(found for one in finishes[:MOST_FINISHES] if (found := instant(one, "finishes")))
    there = sorted(state.finishes.values_list("finished_at", flat=True))
    if wanted == there:
        return False
    state.finishes.all().delete()
    Finish.objects.bulk_create(Finish(state=state, finished_at=moment) for moment in wanted)
    return True


def instant(value: Any, field: str) -> datetime | None:
    if not value:
        return None
    found = parse_datetime(value) if isinstance(value, str) else None
    if found is None or found.tzinfo is None:
        raise ValidationError({field: "An instant with its time zone is wanted: 2031-01-31T20:15:00Z."})
    return found


def tag_with(name: Any, media: MediaItem, by: Actor) -> bool:
    """Puts the tag of the name on the item, made if there is none; says whether it was not on it."""
    tag_name = text_in({"tags": name}, "tags")
    tag = Tag.objects.visible_to(by).filter(name__iexact=tag_name).first() or create_tag(by=by, name=tag_name)
    return TaggedMedia.objects.get_or_create(tag=tag, media_item=media)[1]


def text_in(value: Json, name: str) -> str:
    found = value.get(name)
    if not isinstance(found, str) or not found.strip():
        raise ValidationError({name: "A text is wanted."})
    return found.strip()
