"""The notes of a shot and what changed on it: newest first, a page at a time."""

from typing import Any, cast

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_safe

from pipeline.services import Actor
from shows.models import Change, Review, Shot
from shows.views.review_access import studio_page
from shows.views.review_rows import change_rows, note_row

PAGE = 50
# What a page that was read far down is drawn anew with.
MOST = 500
SHOWN = {"open": {"is_open": True}, "resolved": {"is_open": False}}


@require_safe
@studio_page
def older_notes(request: HttpRequest, shot_id: int) -> HttpResponse:
    shot = Shot.objects.visible_to(cast(Actor, request.user)).get(pk=shot_id)
    notes = notes_of(shot.pk, request.GET, cast(Actor, request.user))
    return render(request, "shows/review/note_page.html", notes | {"shot": shot})


@require_safe
@studio_page
def history(request: HttpRequest, shot_id: int) -> HttpResponse:
    shot = Shot.objects.visible_to(cast(Actor, request.user)).get(pk=shot_id)
    changes = Change.objects.of_shot(shot.pk).order_by("-pk")
    before = number(request.GET, "before")
    rows = change_rows((changes.filter(pk__lt=before) if before else changes).as_rows()[: PAGE + 1])
    older = rows[PAGE - 1]["id"] if len(rows) > PAGE else None
    page = {"shot": shot, "changes": rows[:PAGE], "older": older, "is_first": before is None}
    return render(request, "shows/review/history_page.html", page)


def notes_of(shot_id: int, params: QueryDict, by: Actor) -> dict[str, Any]:
    """A page of notes of the kind that `notes` names: `size` of them, those before the id `before`.

    `older` is the id before which the next page begins.
    """
    kind = params.get("notes", "")
    found = Review.objects.visible_to(by).filter(shot_id=shot_id, **SHOWN.get(kind, {}))
    if before := number(params, "before"):
        found = found.filter(pk__lt=before)
    size = min(max(number(params, "size") or 0, PAGE), MOST)
    rows = [note_row(row, by) for row in found.order_by("-pk").as_rows()[: size + 1]]
    return {
        "notes": rows[:size],
        "notes_kind": kind if kind in SHOWN else "",
        "older": rows[size - 1]["id"] if len(rows) > size else None,
    }


def number(params: QueryDict, name: str) -> int | None:
    """A whole number of the address, or None for anything else."""
    raw = params.get(name, "")
    return int(raw) if raw.isascii() and raw.isdigit() and len(raw) < 19 else None
