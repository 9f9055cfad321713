"""`/shots/<id>/`: versions, media, notes and the composer, for who reviews."""

from typing import Any, cast

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render, resolve_url
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_safe

from crew.models import Role
from pipeline.services import Actor
from shows.models import Review, ReviewStatus, Shot, Version
from shows.views.review_access import studio_page
from shows.views.review_feeds import notes_of
from shows.views.review_place import place_of
from shows.views.review_rights import rights_on
from shows.views.review_rows import version_row
from shows.views.review_stage import Row, shown_version, stage_of

MOST_VERSIONS = 200
MOST_MARKS = 300


@require_safe
@ensure_csrf_cookie
@studio_page
def shot_page(request: HttpRequest, shot_id: int) -> HttpResponse:
    """The whole page; scripts ask for it again and take the parts that changed.

    Its parameters: `version` and `frame` to show, `notes` (open or resolved) and how many of them (`size`), and what
    describes the list that the reader came from.
    """
    by = cast(Actor, request.user)
    shots = Shot.objects.visible_to(by).with_note_counts().with_stamp()
    # Read before what it stands for: a change in between shows as a stamp that is too old.
    shot = shots.select_related("show", "sequence", "assigned_to").get(pk=shot_id)
    context = shot_context(request, shot, by) | media_context(shot, by, request.GET.get("version", ""))
    return render(request, "shows/review/page.html", context)


@require_safe
@studio_page
def shot_stamp(request: HttpRequest, shot_id: int) -> HttpResponse:
    """What a page without a socket asks every few seconds."""
    stamps = Shot.objects.visible_to(cast(Actor, request.user)).filter(pk=shot_id).stamps()
    if not stamps:
        raise Http404
    return JsonResponse({"stamp": stamps[shot_id]})


def shot_context(request: HttpRequest, shot: Shot, by: Actor) -> dict[str, Any]:
    reviews = Review.objects.visible_to(by).filter(shot=shot)
    notes = notes_of(shot.pk, request.GET, by)
    return notes | {
        "shot": shot,
        "place": place_of(shot, request.GET, by),
        "rights": rights_on(shot, by),
        "marks": list(reviews.on_frames().order_by("-pk").as_marks()[:MOST_MARKS]),
        "authors": list(dict.fromkeys(note["author"] for note in notes["notes"])),
        "departments": Role.objects.order_by("department").values_list("department", flat=True).distinct(),
        "verdicts": ReviewStatus.choices,
        "sign_in": resolve_url(settings.LOGIN_URL),
        "largest_upload": settings.MEDIA_MAX_BYTES,
    }


def media_context(shot: Shot, by: Actor, wanted: str) -> dict[str, Any]:
    newest = Version.objects.visible_to(by).filter(shot=shot).order_by("-pk")
    versions: list[Row] = [version_row(row) for row in newest.as_rows()[:MOST_VERSIONS]]
    return {"versions": versions, "stage": stage_of(shot, shown_version(versions, wanted))}
