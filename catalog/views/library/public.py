"""`/menus/<slug>/`: a public menu, for everybody, without a word about whose it is."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from catalog.models import Menu
from catalog.views.library.credits import drawn, notices_of
from catalog.views.library.parts import parts_of
from pipeline.views.access import caller
from pipeline.views.paging import page_of

Row = dict[str, Any]


@require_safe
@cache_control(private=True, no_cache=True)
def public_menu(request: HttpRequest, slug: str) -> HttpResponse:
    """One that is private and one that never was are the same 404. Two queries for a visitor."""
    menu = Menu.objects.public().filter(slug=slug).as_public().get()
    parts = parts_of(menu)
    page = page_of(request.GET, total=len(parts), size=1, address=lambda number: f"?page={number}")
    courses = parts[page.number - 1]
    items = [item for course in courses for item in course["items"]]
    media = drawn(item["media"] for item in items)
    for item, shown in zip(items, media, strict=True):
        item["media"] = shown
    context = {
        "menu": menu,
        "courses": courses,
        "page": page,
        "notices": notices_of(media),
        "address": request.build_absolute_uri(reverse("public-menu-page", args=[slug])),
        "picture": picture_of(request, media),
        "own": own_menu(request, slug),
    }
    return render(request, "catalog/library/menu.html", context)


def picture_of(request: HttpRequest, media: Iterable[Row]) -> str:
    """What is shown beside a link to the menu: its first cover."""
    found = next((item["id"] for item in media if item["has_cover"]), None)
    return request.build_absolute_uri(reverse("media-cover", args=[found])) if found else ""


def own_menu(request: HttpRequest, slug: str) -> int | None:
    """The id of the menu for its owner, who is led to its editor."""
    if not request.user.is_authenticated:
        return None
    return Menu.objects.visible_to(caller(request)).filter(slug=slug).values_list("pk", flat=True).first()
