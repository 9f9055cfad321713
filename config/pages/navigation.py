"""What stands in the bar of every page, by what the user may open."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from config.pages.appearance import theme_of


@dataclass(frozen=True, slots=True)
class Item:
    """`permission` is what shows it, a Django permission or an attribute of the user; none: everybody signed in."""

    title: str
    route: str
    icon: str
    permission: str = ""


ITEMS = (
    Item("My work", "my-work", "work"),
    Item("Shows", "show-index", "shows", "shows.view_show"),
    Item("Admin", "admin:index", "admin", "is_staff"),
)


def frame(request: HttpRequest) -> dict[str, Any]:
    """For every template: the colours, and the navigation, which is made only where a page draws it."""
    return {"page_theme": theme_of(request), "navigation": lambda: items_for(request)}


def items_for(request: HttpRequest) -> list[dict[str, Any]]:
    may = may_open(request)
    return [entry(item, request.path) for item in ITEMS if may(item.permission)]


def may_open(request: HttpRequest) -> Callable[[str], bool]:
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return lambda permission: False
    return lambda right: not right or (user.has_perm(right) if "." in right else bool(getattr(user, right)))


def entry(item: Item, path: str) -> dict[str, Any]:
    url = reverse(item.route)
    inside = "true" if url != "/" and path.startswith(url) else ""
    return {"title": item.title, "icon": item.icon, "url": url, "is_current": "page" if path == url else inside}
