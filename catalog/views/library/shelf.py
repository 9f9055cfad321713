"""`/library/`: what somebody has read, seen, played and heard, or wants to; and all else that is here."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.db.models import F
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from catalog.models import Consumption, MediaItem, Tag
from catalog.querysets import MediaItemQuerySet
from catalog.services.library.states import put_states
from catalog.services.library.tags import tag_many, untag_many
from catalog.views.library.credits import covered
from catalog.views.library.forms import ShelfFilter
from catalog.views.library.numbers import uuid_of
from catalog.views.library.tagging import tag_named
from pipeline.services import Actor
from pipeline.views.access import caller, page_for
from pipeline.views.attempts import tell
from pipeline.views.listing import filtered, given_of
from pipeline.views.paging import page_of

MEDIA_A_PAGE = 48
MOST_TAGS = 1000
Row = dict[str, Any]
NEWEST = F("own__updated_at").desc(nulls_last=True)
BEST = ("tier", "-rank", "title", "id")
SORTS: dict[str, Sequence[Any]] = {
    "": (NEWEST, "title", "id"),
    "title": ("title", "id"),
    "release": (F("release_date").desc(nulls_last=True), "title", "id"),
    "rating": ("-own_rating", "title", "id"),
}


@require_safe
@page_for()
def shelf(request: HttpRequest) -> HttpResponse:
    form = ShelfFilter(request.GET)
    form.is_valid()
    given = given_of(request, form)
    context = listed(request, form.cleaned_data, given) | {
        "form": form,
        "given": given,
        "is_filtered": bool(given.keys() - {"view", "sort", "shelf"}),
        "is_table": given.get("view") == "table",
        "grid_address": address_with(given, view=""),
        "table_address": address_with(given, view="table"),
        "mine_address": address_with(given, shelf=""),
        "all_address": address_with(given, shelf="all"),
        "plain_address": address_with({}, shelf=given.get("shelf", ""), view=given.get("view", "")),
        "tags": Tag.objects.visible_to(caller(request)).order_by("name").values_list("name", flat=True)[:MOST_TAGS],
        "statuses": Consumption.choices,
        "here": request.GET.urlencode(),
    }
    return filtered(request, "catalog/library/shelf", context, given)


def address_with(given: Mapping[str, str], **changes: str) -> str:
    """The address of the page with other filters; it begins anew at the first page."""
    return f"?{urlencode({name: value for name, value in {**given, **changes}.items() if value})}"


def listed(request: HttpRequest, said: Mapping[str, Any], given: Mapping[str, str]) -> Row:
    """A page of media with what each is to the caller: three queries."""
    by = caller(request)
    media = filtered_media(by, said)
    page = page_of(
        request.GET,
        total=media.count(),
        size=MEDIA_A_PAGE,
        address=lambda number: f"?{urlencode({**given, 'page': number})}",
    )
    rows = list(page.cut(media.as_shelf(by).order_by(*order_of(said))))
    with_cover = covered(rows)
    told = [
        row | {"year": str(row["release_date"] or "")[:4], "has_cover": str(row["id"]) in with_cover} for row in rows
    ]
    return {"page": page, "rows": told}


def order_of(said: Mapping[str, Any]) -> Sequence[Any]:
    """As was asked for; else the better match of a search first, and of everything the titles."""
    if sort := said.get("sort"):
        return SORTS[sort]
    if said.get("q"):
        return BEST
    return SORTS["title" if said.get("shelf") == "all" else ""]


def filtered_media(by: Actor, said: Mapping[str, Any]) -> MediaItemQuerySet:
    """What the filters leave; one that makes no sense counts as not said."""
    media: MediaItemQuerySet = MediaItem.objects.visible_to(by)
    if said.get("shelf") != "all":
        media = media.on_shelf_of(by)
    if words := said.get("q"):
        media = media.matching(words)
    if kind := said.get("media_type"):
        media = media.of_types([kind])
    if status := said.get("status"):
        media = media.in_status(status, by)
    if tag := said.get("tag"):
        media = media.tagged(tag, by)
    return media.favorites_of(by) if said.get("favorite") else media


@require_POST
@page_for()
def bulk(request: HttpRequest) -> HttpResponse:
    """One act for all media that are marked: a state, or a tag on or off."""
    chosen = [media_id for text in request.POST.getlist("media")[:MEDIA_A_PAGE] if (media_id := uuid_of(text))]
    act = BULK.get(request.POST.get("act", ""))
    if not chosen or act is None:
        messages.error(request, "Mark what it is about first.")
    else:
        tell(request, lambda: act(request, caller(request), chosen))
    return redirect(f"{reverse('library-page')}?{QueryDict(request.POST.get('here', '')).urlencode()}")


def set_status(request: HttpRequest, by: Actor, chosen: Sequence[UUID]) -> str:
    count = put_states(chosen, by=by, status=request.POST.get("status", ""))
    return f"{counted(count)} changed."


def put_tag(request: HttpRequest, by: Actor, chosen: Sequence[UUID]) -> str:
    tag = tag_named(request.POST.get("tag", ""), by=by, make=True)
    return f"{tag.name} is on {counted(tag_many(tag.pk, by=by, media_ids=chosen))}."


def take_tag(request: HttpRequest, by: Actor, chosen: Sequence[UUID]) -> str:
    tag = tag_named(request.POST.get("tag", ""), by=by)
    return f"{tag.name} is off {counted(untag_many(tag.pk, by=by, media_ids=chosen))}."


def counted(count: int) -> str:
    return "1 item" if count == 1 else f"{count} items"


BULK = {"status": set_status, "tag": put_tag, "untag": take_tag}
