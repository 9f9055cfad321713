"""What is measured: the hot endpoints, each on rows that are there."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count

from catalog.models import Film
from shows.models import Review, Shot, Show

# What the API has to answer within, at the 95th percentile under load, and a page at the median, asked alone.
MOST_MS = 500
MOST_PAGE_MS = 300
CONNECTIONS = 8


@dataclass(frozen=True)
class Endpoint:
    name: str
    path: str
    method: str = "GET"
    body: dict[str, Any] | None = None
    # A page is opened by a person with a session, one at a time.
    is_page: bool = False

    @property
    def connections(self) -> int:
        return 1 if self.is_page else CONNECTIONS


def all_endpoints() -> list[Endpoint]:
    show = Show.objects.annotate(n=Count("shots")).order_by("-n", "pk").first()
    noted = Review.objects.values("shot_id").annotate(n=Count("pk")).order_by("-n", "shot_id").first()
    assigned = Shot.objects.filter(assigned_to__isnull=False).order_by("pk").first()
    film = Film.objects.order_by("pk").first()
    if not (show and noted and assigned and film):
        raise SystemExit("There is nothing to measure: load the data first.")
    shot = noted["shot_id"]
    return [
        Endpoint("shot list", "/api/v1/shots"),
        Endpoint("shots of a show", f"/api/v1/shots?show_id={show.pk}&status=review"),
        Endpoint("shots of a person", f"/api/v1/shots?assigned_to={assigned.assigned_to_id}&ordering=-updated_at"),
        Endpoint("shots of a department", "/api/v1/shots?department=Lighting"),
        Endpoint("shots by text", "/api/v1/shots?q=plate"),
        Endpoint("shot", f"/api/v1/shots/{shot}"),
        Endpoint("reviews of a shot", f"/api/v1/shots/{shot}/reviews"),
        Endpoint("history of a shot", f"/api/v1/shots/{shot}/history"),
        Endpoint("show list", "/api/v1/shows"),
        Endpoint("show", f"/api/v1/shows/{show.pk}"),
        Endpoint("film list", "/api/v1/films"),
        Endpoint("films by text", "/api/v1/films?q=night"),
        Endpoint("film", f"/api/v1/films/{film.pk}"),
        Endpoint("copies of a film", f"/api/v1/films/{film.pk}/copies"),
        Endpoint("me", "/api/v1/me"),
        Endpoint("change a shot", f"/api/v1/shots/{assigned.pk}", "PATCH", {"status": "review", "reason": "bench"}),
        Endpoint("write a review", f"/api/v1/shots/{shot}/reviews", "POST", {"status": "note", "body": "A note."}),
        Endpoint("page: my work", "/", is_page=True),
        Endpoint("page: board", f"/shows/{show.code}/", is_page=True),
        Endpoint("page: table", f"/shows/{show.code}/?view=table", is_page=True),
        Endpoint("page: shot", f"/shots/{shot}/", is_page=True),
    ]
