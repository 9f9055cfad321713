"""`/shows/<code>/` as a board and as a table, and `/shots/`, the table over all shows."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from pipeline.views.access import caller, is_part
from shows.models import Sequence, Show
from shows.views.board import board_of, fill, lane_of
from shows.views.listing import Listing, choices_of, listing_of
from shows.views.progress import progress_by_show
from shows.views.review_access import studio_page
from shows.views.table import table_of


@require_safe
@studio_page
def show_page(request: HttpRequest, code: str) -> HttpResponse:
    show = Show.objects.visible_to(caller(request)).select_related("production").coded(code).get()
    listing = listing_of(request.GET, caller(request), show)
    return listed(request, listing, "shows/show.html")


@require_safe
@studio_page
def shot_list(request: HttpRequest) -> HttpResponse:
    """The shots of all shows."""
    return listed(request, listing_of(request.GET, caller(request)), "shows/shots.html")


@require_safe
@studio_page
def lane_tiles(request: HttpRequest, code: str, sequence_id: int) -> HttpResponse:
    """The tiles of a lane that came near."""
    show = Show.objects.visible_to(caller(request)).coded(code).get()
    listing = listing_of(request.GET, caller(request), show)
    row = Sequence.objects.filter(show=show).as_lanes().get(pk=sequence_id)
    found = listing.shots.filter(sequence=sequence_id).count_by_sequence()
    lane = lane_of(row, found)
    fill([lane], listing)
    return render(request, "shows/board/tiles.html", {"lane": lane} | common(request, listing))


def listed(request: HttpRequest, listing: Listing, template: str) -> HttpResponse:
    """The whole page, or to a script that changed a filter the shots alone."""
    context = common(request, listing) | shots_of(request, listing)
    if is_part(request):
        response = render(request, "shows/listing/results.html", context)
        response.headers["HX-Push-Url"] = request.path + listing.address()
        return response
    if listing.show:
        context["progress"] = progress_by_show([listing.show.pk])[listing.show.pk]
    return render(request, template, context | choices_of(listing))


def shots_of(request: HttpRequest, listing: Listing) -> dict[str, Any]:
    if listing.is_table:
        return {"table": table_of(listing, request.GET)}
    return {"board": board_of(listing, request.GET)}


def common(request: HttpRequest, listing: Listing) -> dict[str, Any]:
    by = caller(request)
    return {
        "listing": listing,
        "show": listing.show,
        "may_change": by.has_perm("shows.change_shot"),
        "may_bulk": by.has_perm("shows.change_shot") or by.has_perm("shows.set_shot_status"),
    }
