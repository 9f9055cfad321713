"""`/library/<id>/`: one item, and what it is to the caller."""

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from catalog.models import Course, Finish, MediaItem, MediaState, MediaType, Tag
from catalog.services.library.courses import add_item
from catalog.services.library.states import put_state, remove_state
from catalog.services.library.tags import tag_media, untag_media
from catalog.views.library.credits import drawn, notices_of
from catalog.views.library.forms import StateForm
from catalog.views.library.numbers import number_of
from catalog.views.library.tagging import tag_named
from pipeline.forms import row_of
from pipeline.views.access import caller, page_for
from pipeline.views.attempts import tell

MOST = 100
# On how many courses one may choose.
MOST_COURSES = 500
Row = dict[str, Any]
TITLES = {
    "page_count": "Pages",
    "isbn": "ISBN",
    "runtime": "Minutes",
    "platforms": "Platforms",
    "album": "Album",
    "track_number": "Track",
}


@require_safe
@page_for()
def item_page(request: HttpRequest, media_id: UUID) -> HttpResponse:
    state = own_state(request, media_id)
    return shown(request, media_id, StateForm(initial=row_of(state, StateForm) if state else {}), state)


@require_POST
@page_for()
def save_state(request: HttpRequest, media_id: UUID) -> HttpResponse:
    """Puts the item on the caller's list, or changes what is there."""
    by = caller(request)
    form = StateForm(request.POST)

    def stored() -> Mapping[str, Any]:
        state = own_state(request, media_id)
        return row_of(state, StateForm) if state else {"row_version": None}

    written = form.written(
        lambda **values: put_state(media_id, by=by, expected_version=form.cleaned_data.get("row_version"), **values),
        stored,
    )
    if written is None:
        return shown(request, media_id, form, own_state(request, media_id))
    messages.success(request, "It is on your list." if written[1] else "Saved.")
    return redirect("media-page", media_id)


@require_POST
@page_for()
def take_off(request: HttpRequest, media_id: UUID) -> HttpResponse:
    remove_state(media_id, by=caller(request))
    messages.success(request, "It is off your list.")
    return redirect("media-page", media_id)


@require_POST
@page_for()
def tag_act(request: HttpRequest, media_id: UUID) -> HttpResponse:
    """Puts a tag on the item, by its name, or takes one off."""
    by, name = caller(request), request.POST.get("name", "")

    def put() -> str:
        tag = tag_named(name, by=by, make=True)
        tag_media(tag.pk, by=by, media_id=media_id)
        return f"{tag.name} is on it."

    def take() -> str:
        tag = tag_named(name, by=by)
        untag_media(tag.pk, by=by, media_id=media_id)
        return f"{tag.name} is off it."

    tell(request, take if request.POST.get("act") == "untag" else put)
    return redirect("media-page", media_id)


@require_POST
@page_for()
def put_on_menu(request: HttpRequest, media_id: UUID) -> HttpResponse:
    """Puts the item at the end of a course of one of the caller's menus."""
    by = caller(request)
    course = Course.objects.visible_to(by).select_related("menu").get(pk=number_of(request.POST.get("course", "")) or 0)

    def act() -> str:
        _, is_new = add_item(course.menu_id, course.pk, by=by, media_id=media_id)
        return f"It is {'on' if is_new else 'already on'} {course.menu}, {course}."

    tell(request, act)
    return redirect("media-page", media_id)


def own_state(request: HttpRequest, media_id: UUID) -> MediaState | None:
    return MediaState.objects.visible_to(caller(request)).filter(media_item=media_id).first()


def shown(request: HttpRequest, media_id: UUID, form: StateForm, state: MediaState | None) -> HttpResponse:
    by = caller(request)
    row = MediaItem.objects.visible_to(by).filter(pk=media_id).as_rows().first()
    if row is None:
        raise ObjectDoesNotExist
    [media] = drawn([row])
    courses = Course.objects.visible_to(by).order_by("menu__title", "menu", "position")
    context = {
        "media": media,
        "kind": MediaType(media["media_type"]).label,
        "facts": list(facts_of(media)),
        "notices": notices_of([media]),
        "form": form,
        "state": state,
        "finishes": Finish.objects.visible_to(by).filter(state__media_item=media_id)[:MOST],
        "tags": Tag.objects.visible_to(by).filter(links__media_item=media_id).order_by("name")[:MOST],
        "own_tags": Tag.objects.visible_to(by).order_by("name").values_list("name", flat=True)[:MOST],
        "courses": courses.values("pk", "title", "menu__title")[:MOST_COURSES],
    }
    return render(request, "catalog/library/item.html", context)


def facts_of(media: Row) -> Iterator[tuple[str, Any]]:
    """What is known of an item of its kind."""
    details = media[media["media_type"]] or {}
    for name, title in TITLES.items():
        value = details.get(name)
        if value:
            yield title, ", ".join(map(str, value)) if isinstance(value, list) else value
