"""What stands in the palette that Ctrl+K opens on every page: where the user may go, and what they may begin."""

from functools import cache
from typing import Any, cast

from django.http import HttpRequest
from django.urls import reverse

from config.accounts.models import User
from config.pages.navigation import ITEMS, Item, is_for, may_open
from pipeline.registry import startable_by

# Beside what stands in the navigation.
PLACES = (
    Item("All shots", "shot-index", "shots", "shows.view_shot"),
    Item("Schedule of the crew", "crew-schedule", "schedule", "crew.view_crewmember"),
    Item("Productions", "production-index", "production", "crew.view_production"),
    Item("Customers", "customer-index", "desk", "rentals.view_customer"),
    Item("Reports: overdue, revenue, customers", "reports", "desk", "rentals.view_payment"),
    Item("Profile", "profile", "person"),
    Item("Change password", "password_change", "person"),
    Item("The API, with its documentation", "docs", "api"),
)
ACTS = (
    Item("New show", "new-show", "plus", "shows.add_show"),
    Item("Schedule a production", "new-production", "plus", "crew.add_production"),
    Item("Hire somebody", "hire", "plus", "crew.add_crewmember"),
    Item("New film", "new-film", "plus", "catalog.add_film"),
)


THEMES = (("", "Colours as the system"), ("light", "Light colours"), ("dark", "Dark colours"))


def frame(request: HttpRequest) -> dict[str, Any]:
    """For every template; made only where a page draws it."""
    return {"palette": cache(lambda: palette_for(request))}


def palette_for(request: HttpRequest) -> list[dict[str, Any]]:
    """Doors in groups: what the navigation knows of the user's rights is enough for them."""
    user = cast(User, request.user)
    places = {item.route: item for item in (*ITEMS, *PLACES) if is_for(user, item)}
    starts = [
        {"title": f"Start a job: {pipeline.title}", "icon": "jobs", "url": reverse("start-job", args=[pipeline.name])}
        for pipeline in startable_by(user)
    ]
    return [
        {"title": "Go to", "doors": [door(item) for item in places.values()]},
        {"title": "Do", "doors": [*(door(item) for item in ACTS if may_open(user, item.permission)), *starts]},
        {"title": "Colours", "themes": THEMES},
    ]


def door(item: Item) -> dict[str, Any]:
    return {"title": item.title, "icon": item.icon, "url": reverse(item.route)}
