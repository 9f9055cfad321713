"""The list of people, a person's page, and the forms that write contracts and time off."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from config.tests.admin_pages import signed_in
from crew.models import Booking, CrewMember
from crew.tests.factories import BookingFactory, CrewMemberFactory, RoleFactory, days

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_a_day_in_2030")]
TODAY = date(2030, 6, 15)


@pytest.fixture
def _a_day_in_2030() -> Any:
    with time_machine.travel("2030-06-15 12:00", tick=False):
        yield


@pytest.fixture
def coordinator(_a_day_in_2030: None) -> Client:
    return signed_in("coordinator")


def booked(person: CrewMember, first: int, last: int, **fields: Any) -> Booking:
    """From so many days after today to so many."""
    period = days(TODAY + timedelta(days=first), TODAY + timedelta(days=last))
    if "production" in fields:
        return BookingFactory(crew_member=person, period=period, **fields)
    return BookingFactory(crew_member=person, production__period=period, period=period)


def names(answer: Any) -> list[str]:
    return [person.member.full_name for person in answer.context["rows"]]


def sent(client: Client, path: str, **changes: Any) -> Any:
    """Opens the form, changes what is named, and sends it."""
    form = client.get(path).context["form"]
    values = {field.html_name: field.value() for field in form if field.value() is not None}
    values["role"] = getattr(values.get("role"), "pk", values.get("role"))
    return client.post(path, {name: value for name, value in (values | changes).items() if value is not None})


def test_a_row_tells_what_binds_somebody_today_and_what_comes(coordinator: Client) -> None:
    person = CrewMemberFactory()
    now, _, _ = booked(person, -3, 2), booked(person, -20, -10), booked(person, 30, 40)
    coming = booked(person, 5, 9)
    (row,) = coordinator.get("/crew/").context["rows"]
    assert (row.bound, row.next, row.is_employed) == (now, coming, True)


def test_who_is_free_or_gone_is_told_so(coordinator: Client) -> None:
    CrewMemberFactory(full_name="Free")
    CrewMemberFactory(full_name="Gone", employment=days(date(2020, 1, 1), date(2030, 6, 14)))
    rows = coordinator.get("/crew/").context["rows"]
    assert [(row.member.full_name, row.bound, row.is_employed) for row in rows] == [
        ("Free", None, True),
        ("Gone", None, False),
    ]


@pytest.mark.parametrize(
    "query",
    [
        "q=ADA",
        "role=Editor",
        "employed_on=2030-06-20",
        "available_from=2030-06-16&available_to=2030-06-18",
        "available_from=2030-06-16",
    ],
)
def test_people_are_found_by_name_role_contract_and_free_days(query: str, coordinator: Client) -> None:
    CrewMemberFactory(full_name="Ada", role=RoleFactory(name="Editor"))
    other = CrewMemberFactory(full_name="Bob", employment=days(date(2020, 1, 1), date(2030, 6, 18)))
    booked(other, 1, 2)
    assert names(coordinator.get(f"/crew/?{query}")) == ["Ada"]


@pytest.mark.parametrize(
    "query",
    ["employed_on=never", "role=Nobody", "available_from=2030-07-02&available_to=2030-07-01", "page=x"],
)
def test_a_filter_that_makes_no_sense_leaves_nobody_out(query: str, coordinator: Client) -> None:
    CrewMemberFactory(full_name="Ada")
    assert names(coordinator.get(f"/crew/?{query}")) == ["Ada"]


def test_a_changed_filter_brings_the_people_alone(coordinator: Client) -> None:
    answer = coordinator.get("/crew/?q=ada&role=", headers={"HX-Request": "true"})
    assert answer["HX-Push-Url"] == "/crew/?q=ada"
    assert "<html" not in answer.content.decode()


@pytest.mark.parametrize(("role", "words"), [("producer", "Hire the first person"), ("supervisor", "will stand here")])
def test_an_empty_house_names_the_next_step(role: str, words: str) -> None:
    assert words in signed_in(role).get("/crew/").content.decode()


@pytest.mark.performance
def test_the_list_costs_the_same_for_three_people_as_for_forty(coordinator: Client) -> None:
    costs = []
    for number in (3, 37):
        for _ in range(number):
            booked(CrewMemberFactory(), -1, 3)
        with CaptureQueriesContext(connection) as queries:
            coordinator.get("/crew/")
        costs.append(len(queries))
    assert costs[0] == costs[1] <= 8


def test_somebody_is_hired(coordinator: Client) -> None:
    role = RoleFactory()
    answer = sent(coordinator, "/crew/new/", full_name="Ada", role=role.pk, hire_date="2030-07-01")
    person = CrewMember.objects.get()
    assert answer["Location"] == f"/crew/{person.pk}/"
    assert (person.full_name, person.role, person.hire_date, person.fire_date) == ("Ada", role, date(2030, 7, 1), None)


def test_a_contract_that_ends_before_it_begins_is_refused_and_nothing_is_lost(coordinator: Client) -> None:
    role = RoleFactory()
    fields = {"full_name": "Ada", "role": role.pk, "hire_date": "2030-07-01", "fire_date": "2030-06-01"}
    form = sent(coordinator, "/crew/new/", **fields).context["form"]
    assert list(form.errors) == ["fire_date"]
    assert {name: form[name].value() for name in fields} == {**fields, "role": str(role.pk)}


def test_a_contract_is_not_ended_while_bookings_stand_and_the_page_names_them(coordinator: Client) -> None:
    person = CrewMemberFactory()
    booking = booked(person, 10, 20)
    answer = sent(coordinator, f"/crew/{person.pk}/end/", fire_date="2030-06-27")
    page = answer.content.decode()
    assert str(booking.production) in page
    assert "25 Jun 2030" in page
    assert answer.context["form"]["fire_date"].value() == "2030-06-27"


def test_a_contract_is_ended_and_opened_again(coordinator: Client) -> None:
    person = CrewMemberFactory()
    sent(coordinator, f"/crew/{person.pk}/end/", fire_date="2030-06-27")
    assert CrewMember.objects.get().fire_date == date(2030, 6, 27)
    sent(coordinator, f"/crew/{person.pk}/edit/", fire_date="")
    assert CrewMember.objects.get().fire_date is None


def test_who_was_overtaken_is_told_what_is_stored_now(coordinator: Client) -> None:
    person = CrewMemberFactory(full_name="Ada")
    path = f"/crew/{person.pk}/edit/"
    form = coordinator.get(path).context["form"]
    CrewMember.objects.update(full_name="Their words")
    mine = {
        "full_name": "Mine",
        "role": person.role_id,
        "hire_date": "2020-01-01",
        "row_version": form["row_version"].value(),
    }
    answer = coordinator.post(path, mine)
    assert answer.context["form"].stored_since == [("Name", "Their words")]
    assert CrewMember.objects.get().full_name == "Their words"


def test_a_person_shows_what_comes_and_pages_what_is_over(coordinator: Client) -> None:
    person = CrewMemberFactory()
    coming = [booked(person, -1, 1), booked(person, 5, 6)]
    for number in range(25):
        booked(person, -10 - 2 * number, -10 - 2 * number)
    context = coordinator.get(f"/crew/{person.pk}/?page=2").context
    assert context["coming"] == coming
    assert (context["page"].total, len(context["past"])) == (25, 5)


def test_time_off_is_booked_and_taken_back(coordinator: Client) -> None:
    person = CrewMemberFactory()
    coordinator.post(f"/crew/{person.pk}/time-off/", {"start": "2030-07-01", "end": "2030-07-05", "reason": "Holiday"})
    booking = Booking.objects.get()
    assert (booking.start, booking.end, booking.reason) == (date(2030, 7, 1), date(2030, 7, 5), "Holiday")
    coordinator.post(f"/crew/{person.pk}/time-off/{booking.pk}/end/")
    assert not Booking.objects.exists()


def test_time_off_on_booked_days_is_refused_with_the_booking_and_nothing_is_lost(coordinator: Client) -> None:
    booking = booked(CrewMemberFactory(), 1, 4)
    fields = {"start": "2030-06-16", "end": "2030-06-17", "reason": "Holiday"}
    answer = coordinator.post(f"/crew/{booking.crew_member_id}/time-off/", fields)
    form = answer.context["form"]
    assert form.refusal.facts["bookings"][0]["id"] == booking.pk
    assert {name: form[name].value() for name in fields} == fields


def test_a_booking_is_no_time_off_to_be_taken_back(coordinator: Client) -> None:
    booking = booked(CrewMemberFactory(), 1, 4)
    answer = coordinator.post(f"/crew/{booking.crew_member_id}/time-off/{booking.pk}/end/")
    assert (answer.status_code, Booking.objects.count()) == (404, 1)


def test_the_address_of_a_calendar_is_shown_once_and_works(coordinator: Client) -> None:
    person = CrewMemberFactory()
    answer = coordinator.post(f"/crew/{person.pk}/calendar/")
    address = answer.context["calendar"]
    assert address in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    assert Client().get(address)["Content-Type"].startswith("text/calendar")
    assert address not in coordinator.get(f"/crew/{person.pk}/").content.decode()


def test_a_new_address_ends_the_one_before(coordinator: Client) -> None:
    path = f"/crew/{CrewMemberFactory().pk}/calendar/"
    first, second = (coordinator.post(path).context["calendar"] for _ in range(2))
    assert [Client().get(address).status_code for address in (first, second)] == [404, 200]
