"""`/productions/`: every job in the house; and one of them: what it needs, who fills it, what is open."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

import orjson
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from crew.forms import BookingForm, ProductionFilter
from crew.models import Production
from crew.querysets import ProductionQuerySet
from crew.services.bookings import add_booking, remove_booking
from crew.services.discretion import discreetly
from crew.services.planning import availability
from crew.services.productions import cancel_production
from pipeline.errors import Refusal
from pipeline.services import demand
from pipeline.views.access import caller, page_for
from pipeline.views.listing import done, filtered, given_of
from pipeline.views.paging import page_of

PRODUCTIONS_A_PAGE = 50
# Of those who are free, so many have a button of their own.
MOST_OFFERED = 5
Row = dict[str, Any]
production_page_for = page_for("crew.view_production")


@dataclass(frozen=True, slots=True)
class Part:
    """What a production needs of one role; `free` are those who could still come."""

    role: str
    wanted: int
    bookings: list[Row]
    open: int
    free: list[Row]


@require_safe
@production_page_for
def production_list(request: HttpRequest) -> HttpResponse:
    form = ProductionFilter(request.GET)
    form.is_valid()
    given = given_of(request, form)
    context = listed(request, form.cleaned_data, given) | {
        "form": form,
        "given": given,
        "today": timezone.localdate(),
        "may_add": caller(request).has_perm("crew.add_production"),
    }
    return filtered(request, "crew/productions", context, given)


def listed(request: HttpRequest, said: Mapping[str, Any], given: Mapping[str, str]) -> Row:
    """A page of productions: two queries. What is over comes latest first."""
    productions = found(said)
    page = page_of(
        request.GET,
        total=productions.count(),
        size=PRODUCTIONS_A_PAGE,
        address=lambda number: f"?{urlencode({**given, 'page': number})}",
    )
    order = ("-start", "-id") if said.get("when") == "past" else ("start", "id")
    return {"page": page, "rows": page.cut(productions.as_bars().order_by(*order))}


def found(said: Mapping[str, Any]) -> ProductionQuerySet:
    """What the filters leave; days that are asked for count in place of the choice of a time."""
    productions = Production.objects.all()
    if words := said.get("title"):
        productions = productions.filter(title__icontains=words)
    if said.get("unfilled"):
        productions = productions.unfilled()
    first, last = said.get("start"), said.get("end")
    if first or last:
        begin, finish = first or date.min, last or date.max.replace(day=30)
        return productions.overlapping(begin, finish) if begin <= finish else productions.none()
    if said.get("when") == "past":
        return productions.filter(period__endswith__lte=timezone.localdate())
    return productions if said.get("when") == "all" else productions.filter(period__endswith__gt=timezone.localdate())


@require_safe
@production_page_for
def production_page(request: HttpRequest, production_id: int) -> HttpResponse:
    return shown(request, production_id, BookingForm())


@require_POST
@production_page_for
def book(request: HttpRequest, production_id: int) -> HttpResponse:
    """Somebody by name; refused, it stands with its facts in the form on the production's page."""
    demand(caller(request), "crew.add_booking")
    form = BookingForm(request.POST)
    written = form.written(
        lambda crew_member: discreetly(add_booking)(production_id, crew_member.pk, by=caller(request))
    )
    if written:
        return done(request, f"{written.row['crew_member']['full_name']} is booked.", address_of(production_id))
    return shown(request, production_id, form)


@require_POST
@production_page_for
def release(request: HttpRequest, production_id: int, booking_id: int) -> HttpResponse:
    written = remove_booking(production_id, booking_id, by=caller(request))
    return done(request, f"{written.row['crew_member']['full_name']} is released.", address_of(production_id))


@require_POST
@production_page_for
def cancel(request: HttpRequest, production_id: int) -> HttpResponse:
    demand(caller(request), "crew.delete_production")
    try:
        written = cancel_production(production_id, by=caller(request))
    except Refusal as refusal:
        messages.error(request, refusal.detail)
        return redirect(address_of(production_id))
    released = written.row["bookings_count"]
    return done(request, f"{written.row['title']} is cancelled, {released} released.", reverse("production-index"))


def address_of(production_id: int) -> str:
    return reverse("production-page", args=[production_id])


def shown(request: HttpRequest, production_id: int, form: BookingForm) -> HttpResponse:
    by = caller(request)
    row = Production.objects.visible_to(by).as_rows().get(pk=production_id)
    may_book = by.has_perm("crew.add_booking")
    free = orjson.loads(availability(row["start"], row["end"]).members) if may_book else []
    context = {
        "production": row,
        "parts": parts_of(row, free),
        "free": free,
        "form": form,
        "today": timezone.localdate(),
        "may_book": may_book,
        "may_change": by.has_perm("crew.change_production"),
        "may_cancel": by.has_perm("crew.delete_production"),
    }
    return render(request, "crew/production.html", context)


def parts_of(row: Row, free: list[Row]) -> list[Part]:
    """Role by role: those that are required, then those of which somebody is booked beyond."""
    roles = dict.fromkeys([*row["requirements"], *(booking["role"] for booking in row["bookings"])])
    return [part_of(role, row, free) for role in roles]


def part_of(role: str, row: Row, free: list[Row]) -> Part:
    return Part(
        role,
        row["requirements"].get(role, 0),
        [booking for booking in row["bookings"] if booking["role"] == role],
        row["open_requirements"].get(role, 0),
        [person for person in free if person["role"] == role][:MOST_OFFERED],
    )
