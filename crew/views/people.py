"""`/crew/`: everybody, with what binds them today and what comes; and the forms that write a contract."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.db.models import F, Window
from django.db.models.functions import RowNumber
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from crew.forms import ContractForm, MemberForm, PeopleFilter
from crew.models import Booking, CrewMember, Role
from crew.querysets import CrewMemberQuerySet
from crew.services.discretion import discreetly, sees_productions
from crew.services.people import change_member, hire_member
from pipeline.forms import WrittenForm
from pipeline.services import demand
from pipeline.views.access import View, caller, page_for
from pipeline.views.listing import done, filtered, given_of
from pipeline.views.paging import page_of

PEOPLE_A_PAGE = 50


def crew_page(view: View) -> View:
    """A page for who may see everybody, and what binds them."""
    return page_for("crew.view_crewmember")(page_for("crew.view_booking")(view))


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in a list: `bound` by what today, and the booking that comes `next`."""

    member: CrewMember
    is_employed: bool
    bound: Booking | None
    next: Booking | None


@require_safe
@crew_page
def crew_list(request: HttpRequest) -> HttpResponse:
    form = PeopleFilter(request.GET)
    form.is_valid()
    given = given_of(request, form)
    context = listed(request, found(form.cleaned_data), given) | {
        "form": form,
        "given": given,
        "roles": Role.objects.all(),
        "may_hire": caller(request).has_perm("crew.add_crewmember"),
        "sees_rates": sees_rates(request),
        "sees_jobs": sees_productions(caller(request)),
    }
    return filtered(request, "crew/people", context, given)


def found(said: Mapping[str, Any]) -> CrewMemberQuerySet:
    """What the filters leave; one that makes no sense counts as not said."""
    people = CrewMember.objects.all()
    if words := said.get("q"):
        people = people.filter(full_name__icontains=words)
    if role := said.get("role"):
        people = people.filter(role=role)
    if day := said.get("employed_on"):
        people = people.employed_on(day)
    if first := said.get("available_from"):
        people = people.available(first, said.get("available_to") or first)
    return people


def listed(request: HttpRequest, people: CrewMemberQuerySet, given: Mapping[str, str]) -> dict[str, Any]:
    """A page of people: three queries, whatever their number."""
    page = page_of(
        request.GET,
        total=people.count(),
        size=PEOPLE_A_PAGE,
        address=lambda number: f"?{urlencode({**given, 'page': number})}",
    )
    members = list(page.cut(people.select_related("role").order_by("full_name", "pk")))
    return {"page": page, "rows": with_bookings(members, timezone.localdate())}


def with_bookings(members: list[CrewMember], today: date) -> list[Person]:
    coming: dict[int, list[Booking]] = {member.pk: [] for member in members}
    for booking in next_two(list(coming), today):
        coming[booking.crew_member_id].append(booking)
    return [person_of(member, coming[member.pk], today) for member in members]


def next_two(people: list[int], today: date) -> Any:
    """Of each the bookings that are not over, the first two."""
    bookings = Booking.objects.filter(crew_member__in=people, period__endswith__gt=today)
    number = Window(RowNumber(), partition_by="crew_member", order_by=F("period").asc())
    return bookings.annotate(place=number).filter(place__lte=2).select_related("production").order_by("period")


def person_of(member: CrewMember, coming: list[Booking], today: date) -> Person:
    bound = next((booking for booking in coming if booking.start <= today), None)
    later = next((booking for booking in coming if booking.start > today), None)
    employed = member.hire_date <= today and (member.fire_date is None or today <= member.fire_date)
    return Person(member, employed, bound, later)


@page_for()
def hire(request: HttpRequest) -> HttpResponse:
    demand(caller(request), "crew.add_crewmember")
    form = MemberForm(request.POST or None, sees_rates=sees_rates(request), initial={"hire_date": timezone.localdate()})
    hired = form.written(lambda **values: hire_member(by=caller(request), **values))
    if hired:
        return done(request, f"{hired.row['full_name']} is hired.", reverse("crew-page", args=[hired.pk]))
    back = ("Crew", reverse("crew-index"))
    return render(request, "crew/form.html", {"form": form, "title": "Hire", "button": "Hire", "back": back})


@page_for()
def edit_member(request: HttpRequest, member_id: int) -> HttpResponse:
    return changed(request, member_id, partial(MemberForm, sees_rates=sees_rates(request)), "Edit", "Save")


@page_for()
def end_contract(request: HttpRequest, member_id: int) -> HttpResponse:
    return changed(request, member_id, ContractForm, "End the contract of", "End the contract")


def changed(request: HttpRequest, member_id: int, form_class: Any, words: str, button: str) -> HttpResponse:
    """A form that changes somebody; what stands against it is shown with its facts."""
    by = caller(request)
    demand(by, "crew.change_crewmember")
    member = CrewMember.objects.select_related("role").get(pk=member_id)
    form: WrittenForm = form_class(request.POST or None, initial=stored(member))
    written = form.written(
        lambda **values: discreetly(change_member)(
            member_id, by=by, expected_version=form.cleaned_data.get("row_version"), **values
        ),
        lambda: stored(CrewMember.objects.select_related("role").get(pk=member_id)),
    )
    address = reverse("crew-page", args=[member_id])
    if written:
        return done(request, f"{written.row['full_name']} is saved.", address)
    context = {"form": form, "title": f"{words} {member}", "button": button, "back": (str(member), address)}
    return render(request, "crew/form.html", context)


def stored(member: CrewMember) -> dict[str, Any]:
    dates = {"hire_date": member.hire_date, "fire_date": member.fire_date}
    fields = {name: getattr(member, name) for name in ("full_name", "role", "email", "day_rate", "row_version")}
    return fields | dates


def sees_rates(request: HttpRequest) -> bool:
    return caller(request).has_perm("crew.view_day_rate")
