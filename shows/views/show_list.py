"""`/shows/`: every show with how far it has come."""

from typing import Any
from urllib.parse import urlencode

from django.db.models import Case, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from pipeline.views.access import caller, is_part
from pipeline.views.paging import page_of
from shows.api.filters import ShowFilter
from shows.models import Review, Show, ShowStatus
from shows.views.progress import progress_by_show
from shows.views.review_access import studio_page

SHOWS_A_PAGE = 50
# What is worked on first.
ORDER = (
    *(ShowStatus.ACTIVE, ShowStatus.DEVELOPMENT, ShowStatus.ON_HOLD),
    *(ShowStatus.COMPLETE, ShowStatus.ARCHIVED),
)


@require_safe
@studio_page
def show_list(request: HttpRequest) -> HttpResponse:
    given = {name: value for name in ("status", "q") if (value := request.GET.get(name, "").strip())}
    context = listed(request, given) | {
        "given": given,
        "statuses": ShowStatus.choices,
        "may_add": caller(request).has_perm("shows.add_show"),
    }
    if not is_part(request):
        return render(request, "shows/show_list.html", context)
    response = render(request, "shows/show_list/results.html", context)
    response.headers["HX-Push-Url"] = f"{request.path}?{urlencode(given)}" if given else request.path
    return response


def listed(request: HttpRequest, given: dict[str, str]) -> dict[str, Any]:
    """A page of shows, each with its progress and its open notes: four queries."""
    shows = found_shows(request, given)
    page = page_of(
        request.GET,
        total=shows.count(),
        size=SHOWS_A_PAGE,
        address=lambda number: f"?{urlencode(given | {'page': str(number)})}",
    )
    rows = list(page.cut(shows.with_counts().order_by(rank(), "title", "pk")))
    ids = [show.pk for show in rows]
    progress = progress_by_show(ids)
    notes = {row["show"]: row["n"] for row in Review.objects.open().filter(show__in=ids).count_by_show()}
    return {"page": page, "rows": [(show, progress[show.pk], notes.get(show.pk, 0)) for show in rows]}


def found_shows(request: HttpRequest, given: dict[str, str]) -> Any:
    filterset = ShowFilter(given, queryset=Show.objects.visible_to(caller(request)))
    return filterset.qs if filterset.is_valid() else filterset.queryset


def rank() -> Case:
    return Case(*(When(status=status, then=place) for place, status in enumerate(ORDER)), default=len(ORDER))
