"""A library written out: as one document, or as a table of what is on the list or carries a tag."""

import csv
import io
from collections import defaultdict
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Q

from catalog.models import Finish, MediaItem, MediaState, Menu, Tag, TaggedMedia
from pipeline.services import Actor

FORMAT, VERSION = "backlot-library", 1
MEDIA = (
    *("id", "media_type", "title", "subtitle", "description", "release_date", "release_precision"),
    *("cover_image_url", "metadata"),
)
STATE = ("status", "rating", "favorite", "notes", "started_at", "finished_at")
IN_TABLE = ("media_type", "title", "subtitle", "creator", "release_date", "release_precision")
Json = dict[str, Any]


def library_of(by: Actor) -> Json:
    """All of the actor's: tags, media with state and tags, menus. The same library is the same document."""
    states, tags, menus = states_of(by), tags_of(by), menus_of(by)
    in_menus = {item["media_id"] for menu in menus for course in menu["courses"] for item in course["items"]}
    ids = {*states, *tags, *in_menus}
    return {
        "format": FORMAT,
        "version": VERSION,
        "tags": list(Tag.objects.visible_to(by).order_by("name", "pk").values_list("name", flat=True)),
        "media": [entry(row, states, tags) for row in media_rows(ids)],
        "menus": menus,
    }


def media_rows(ids: Iterable[UUID]) -> list[Json]:
    return list(MediaItem.objects.filter(pk__in=ids).order_by("title", "pk").as_rows())


def entry(row: Json, states: dict[UUID, Json], tags: dict[UUID, list[str]]) -> Json:
    kind = row["media_type"]
    origins = [{name: source[name] for name in ("source_name", "external_id")} for source in row["sources"]]
    return {
        **{name: row[name] for name in MEDIA},
        kind: row[kind],
        "sources": origins,
        "state": states.get(row["id"]),
        "tags": tags.get(row["id"], []),
    }


def states_of(by: Actor) -> dict[UUID, Json]:
    finishes = defaultdict(list)
    own = Finish.objects.visible_to(by).order_by("finished_at", "pk")
    for media_id, finished_at in own.values_list("state__media_item", "finished_at"):
        finishes[media_id].append(finished_at)
    rows = MediaState.objects.visible_to(by).order_by("pk").as_rows()
    return {
        row["media_id"]: {name: row[name] for name in STATE} | {"finishes": finishes[row["media_id"]]} for row in rows
    }


def tags_of(by: Actor) -> dict[UUID, list[str]]:
    found = defaultdict(list)
    for media_id, name in (
        TaggedMedia.objects.visible_to(by).order_by("tag__name").values_list("media_item", "tag__name")
    ):
        found[media_id].append(name)
    return found


def menus_of(by: Actor) -> list[Json]:
    """Whole menus, without the ids of their rows, which are another system's business."""
    return [
        {name: row[name] for name in ("title", "description", "slug", "is_public")}
        | {"courses": [course_entry(course) for course in row["courses"]]}
        for row in Menu.objects.visible_to(by).order_by("slug").as_details()
    ]


def course_entry(course: Json) -> Json:
    items = [{"media_id": UUID(item["media_id"]), "notes": item["notes"]} for item in course["items"]]
    return {name: course[name] for name in ("title", "description", "intent")} | {"items": items}


def csv_rows(by: Actor) -> list[Json]:
    """A row for each item that is on the list or carries a tag; menus do not fit into a table."""
    states, tags = states_of(by), tags_of(by)
    own = MediaItem.objects.filter(Q(pk__in={*states, *tags})).order_by("title", "pk").as_rows()
    return [table_row(row, states.get(row["id"]), tags.get(row["id"], [])) for row in own]


def table_row(row: Json, state: Json | None, tags: list[str]) -> Json:
    origins = (f"{source['source_name']}:{source['external_id']}" for source in row["sources"])
    blank = dict.fromkeys(STATE, "")
    return {
        "media_id": str(row["id"]),
        **{name: row[name] for name in IN_TABLE},
        "sources": " ".join(origins),
        **({name: state[name] for name in STATE} if state else blank),
        "tags": cell_of(tags),
    }


def cell_of(words: list[str]) -> str:
    """Words as a line of CSV, so that a comma may stand in one."""
    line = io.StringIO()
    csv.writer(line, lineterminator="").writerow(words)
    return line.getvalue()
