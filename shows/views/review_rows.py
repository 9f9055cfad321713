"""Rows of notes and changes as a person reads them."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.timesince import timesince

from crew.models import CrewMember
from pipeline.services import Actor
from shows.models import Change, ReviewStatus, ShotStatus

Row = dict[str, Any]
FIELDS = {
    "assigned_to": "Assigned to",
    "frame_start": "First frame",
    "frame_end": "Last frame",
    "head_handle": "Head handle",
    "tail_handle": "Tail handle",
    "review": "Note deleted",
    "body": "Note changed",
}


def note_row(row: Row, by: Actor) -> Row:
    """A review's row with labels, and with what the person may do about it."""
    is_mine = row["created_by"] == by.pk or by.has_perm("shows.edit_any_review")
    return row | {
        "label": ReviewStatus(row["status"]).label,
        "moved_to": ShotStatus(row["set_shot_status"]).label if row["set_shot_status"] else "",
        "ago": ago(row["created_at"]),
        "typed_by": row["created_by_name"] if row["created_by_name"] != row["author"] else "",
        "may_edit": is_mine and by.has_perm("shows.change_review"),
        "may_resolve": by.has_perm("shows.judge_review") or (is_mine and by.has_perm("shows.change_review")),
    }


def version_row(row: Row) -> Row:
    return row | {"ago": ago(row["created_at"])}


def ago(at: datetime) -> str:
    """How long ago, in the largest unit that fits."""
    passed = timezone.now() - at
    return "just now" if passed.total_seconds() < 60 else f"{timesince(at, depth=1)} ago"


def change_rows(changes: Iterable[Row]) -> list[Row]:
    """What changed, in words; people are named by one query."""
    listed = list(changes)
    people = names_of(listed)
    return [change_row(change, people) for change in listed]


def change_row(change: Row, people: dict[int, str]) -> Row:
    return change | {
        "label": label_of(change),
        "is_note": change["subject"] == Change.Subject.REVIEW,
        "was": in_words(change["field"], change["from"], people),
        "now": in_words(change["field"], change["to"], people),
        "ago": ago(change["at"]),
        "reason": change["reason"].replace("_", " "),
    }


def label_of(change: Row) -> str:
    field: str = change["field"]
    if field == "is_open":
        return "Note reopened" if change["to"] else "Note resolved"
    return FIELDS.get(field, field.replace("_", " ").capitalize())


def in_words(field: str, value: Any, people: dict[int, str]) -> str:
    """A value for people; whether a note is open stands in the label."""
    if value in (None, ""):
        return "nobody" if field == "assigned_to" else ""
    if field == "assigned_to":
        return people.get(value, "somebody who is gone")
    if field == "status" and value in ShotStatus.values:
        return str(ShotStatus(value).label)
    return "" if isinstance(value, bool) else str(value)


def names_of(changes: list[Row]) -> dict[int, str]:
    ids = {value for change in changes if change["field"] == "assigned_to" for value in (change["from"], change["to"])}
    people = CrewMember.objects.filter(pk__in=ids - {None}).values_list("pk", "full_name")
    return dict(people) if ids else {}
