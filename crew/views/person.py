"""`/crew/<id>/`: one person: the contract, bookings and time off."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from crew.forms import TimeOffForm
from crew.models import Booking, CrewMember
from crew.services.bookings import book_time_off, cancel_time_off
from crew.services.calendars import make_calendar_token
from crew.services.discretion import discreetly, sees_productions
from crew.views.people import person_of, sees_rates
from pipeline.services import demand
from pipeline.views.access import caller, page_for
from pipeline.views.listing import done
from pipeline.views.paging import page_of

# Of what comes, so much is shown at once; what is over has pages.
MOST_COMING = 100
PAST_A_PAGE = 20


@require_safe
@page_for()
def person_page(request: HttpRequest, member_id: int) -> HttpResponse:
    return shown(request, member_of(request, member_id), TimeOffForm())


@require_POST
@page_for()
def add_time_off(request: HttpRequest, member_id: int) -> HttpResponse:
    """Refused, it stands with its facts in the form on the person's page."""
    demand(caller(request), "crew.add_booking")
    member = member_of(request, member_id)
    form = TimeOffForm(request.POST)
    written = form.written(lambda **values: discreetly(book_time_off)(member_id, by=caller(request), **values))
    if written:
        return done(request, f"{member} is off on these days.", address_of(member_id))
    return shown(request, member, form)


@require_POST
@page_for()
def end_time_off(request: HttpRequest, member_id: int, booking_id: int) -> HttpResponse:
    cancel_time_off(member_id, booking_id, by=caller(request))
    return done(request, "That time off is taken back.", address_of(member_id))


@require_POST
@never_cache
@page_for()
def make_calendar(request: HttpRequest, member_id: int) -> HttpResponse:
    """A new secret address of the person's calendar, shown this once; the one before is dead."""
    member = member_of(request, member_id)
    token = make_calendar_token(member_id, by=caller(request))
    calendar = request.build_absolute_uri(reverse("crew-calendar", args=[member_id]))
    return shown(request, member, TimeOffForm(), calendar=f"{calendar}?{urlencode({'token': token})}")


def member_of(request: HttpRequest, member_id: int) -> CrewMember:
    """Somebody whom the caller may see: with the right to it oneself, or anybody of the crew."""
    by = caller(request)
    people = CrewMember.objects.select_related("role", "user")
    if all(by.has_perm(f"crew.view_{what}") for what in ("crewmember", "booking")):
        return people.get(pk=member_id)
    own = people.filter(pk=member_id, user=by.pk).first() if by.has_perm("crew.view_own_crewmember") else None
    if own is None:
        raise PermissionDenied
    return own


def address_of(member_id: int) -> str:
    return reverse("crew-page", args=[member_id])


def shown(request: HttpRequest, member: CrewMember, form: TimeOffForm, *, calendar: str = "") -> HttpResponse:
    today = timezone.localdate()
    by = caller(request)
    coming = coming_of(member, today)
    context = {
        "member": member,
        "person": person_of(member, coming, today),
        "coming": coming,
        "form": form,
        "calendar": calendar,
        "may_subscribe": member.user_id == by.pk or by.has_perm("crew.change_crewmember"),
        "sees_rates": sees_rates(request),
        "sees_jobs": sees_productions(by),
        "own": member.user_id == by.pk,
        "may_list": by.has_perm("crew.view_crewmember"),
        "may_change": by.has_perm("crew.change_crewmember"),
        "may_book": by.has_perm("crew.add_booking"),
    }
    return render(request, "crew/person.html", context | past_of(request, member, today))


def coming_of(member: CrewMember, today: date, most: int = MOST_COMING) -> list[Booking]:
    """What binds somebody today and later, soonest first."""
    bookings = Booking.objects.filter(crew_member=member, period__endswith__gt=today)
    return list(bookings.select_related("production", "role").order_by("period")[:most])


def past_of(request: HttpRequest, member: CrewMember, today: date) -> dict[str, Any]:
    bookings = Booking.objects.filter(crew_member=member, period__endswith__lte=today)
    page = page_of(
        request.GET,
        total=bookings.count(),
        size=PAST_A_PAGE,
        address=lambda number: f"{address_of(member.pk)}?{urlencode({'page': number})}#past",
    )
    return {"page": page, "past": page.cut(bookings.select_related("production", "role").order_by("-period"))}
