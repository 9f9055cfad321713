"""What stands in the bar of every page, by what the user may open."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from config.pages.appearance import theme_of
from shows.models import Shot, ShotStatus


@dataclass(frozen=True, slots=True)
class Item:
    """`permission` is what shows it, a Django permission or an attribute of the user; none: everybody signed in.

    Who holds `unless` has another way there; `is_public` ones are for those who did not sign in too. `parts` are how
    the addresses of what belongs to it begin.
    """

    title: str
    route: str
    icon: str
    permission: str = ""
    parts: tuple[str, ...] = ()
    unless: str = ""
    is_public: bool = False


RENTALS = ("/rentals/", "/customers/", "/reports/")
ITEMS = (
    Item("My work", "my-work", "work"),
    Item("Shows", "show-index", "shows", "shows.view_show", ("/shows/", "/shots/", "/new/show/")),
    Item("Crew", "crew-index", "crew", "crew.view_crewmember", ("/crew/", "/productions/")),
    Item("Search", "search-page", "search", parts=("/search/",)),
    Item("Jobs", "job-board", "jobs", parts=("/pipeline/",)),
    Item("Films", "film-index", "film", parts=("/films/",), is_public=True),
    Item("Library", "library-page", "library", parts=("/library/", "/menus/")),
    Item("Desk", "desk", "desk", "rentals.add_rental", RENTALS),
    Item("Customers", "customer-index", "desk", "rentals.view_customer", RENTALS, unless="rentals.add_rental"),
    Item("Admin", "admin:index", "admin", "is_staff", ("/admin/",)),
)
# A number beside an item is counted no further.
MOST = 99


def frame(request: HttpRequest) -> dict[str, Any]:
    """For every template: the colours, and the navigation, which is made only where a page draws it."""
    return {"page_theme": theme_of(request), "navigation": cache(lambda: items_for(request))}


def items_for(request: HttpRequest) -> list[dict[str, Any]]:
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return [entry(item, request.path) for item in ITEMS if item.is_public]
    items = [entry(item, request.path) for item in ITEMS if is_for(user, item)]
    items[0] |= waiting_for(user)
    return items


def may_open(user: Any, right: str) -> bool:
    return not right or bool(user.has_perm(right) if "." in right else getattr(user, right))


def is_for(user: Any, item: Item) -> bool:
    return may_open(user, item.permission) and not (item.unless and may_open(user, item.unless))


def entry(item: Item, path: str) -> dict[str, Any]:
    url = reverse(item.route)
    inside = "true" if path.startswith(item.parts) else ""
    return {"title": item.title, "icon": item.icon, "url": url, "is_current": "page" if path == url else inside}


def waiting_for(user: Any) -> dict[str, Any]:
    """How many shots wait for the user: one query, which stops where nobody counts on."""
    if user.has_perm("shows.judge_review"):
        shots, title = Shot.objects.filter(status=ShotStatus.REVIEW), "in review"
    elif user.has_perm("shows.set_own_shot_status"):
        shots, title = Shot.objects.own(user).with_open_notes(), "of your shots with open notes"
    else:
        return {}
    count = shots.order_by()[: MOST + 1].count()
    return {"count": f"{MOST}+" if count > MOST else count, "count_title": title}
