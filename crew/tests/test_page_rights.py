"""Who may open which page of the crew, and what each is offered there."""

from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client

from config.accounts.tests.factories import UserFactory
from config.tests.admin_pages import signed_in
from crew.tests.factories import BookingFactory, CrewMemberFactory, days

pytestmark = [pytest.mark.django_db, pytest.mark.security]

READ = [
    "/crew/",
    "/crew/schedule/",
    "/crew/schedule/load/",
    "/crew/{person}/",
    "/productions/",
    "/productions/{production}/",
]
WRITE = [
    "/crew/new/",
    "/crew/{person}/edit/",
    "/crew/{person}/end/",
    "/productions/new/",
    "/productions/{production}/edit/",
]
SEND = [
    "/crew/{person}/calendar/",
    "/crew/{person}/time-off/",
    "/crew/{person}/time-off/{booking}/end/",
    "/productions/{production}/move/",
    "/productions/{production}/book/",
    "/productions/{production}/release/{booking}/",
    "/productions/{production}/cancel/",
]


@pytest.fixture
def ids() -> dict[str, int]:
    booking = BookingFactory()
    return {"person": booking.crew_member_id, "production": booking.production_id, "booking": booking.pk}


def answers(client: Client, paths: list[str], ids: dict[str, int]) -> set[int]:
    return {client.get(path.format(**ids)).status_code for path in paths}


@pytest.mark.parametrize("role", ["supervisor", "coordinator", "producer", "admin"])
def test_who_plans_or_reviews_opens_the_pages_that_show_the_crew(role: str, ids: dict[str, int]) -> None:
    assert answers(signed_in(role), READ, ids) == {200}


@pytest.mark.parametrize("role", ["artist", "clerk", "member"])
def test_others_are_told_that_the_pages_are_not_for_them(role: str, ids: dict[str, int]) -> None:
    client = signed_in(*([] if role == "member" else [role]))
    assert answers(client, READ + WRITE, ids) == {403}


@pytest.mark.parametrize("role", ["coordinator", "producer", "admin"])
def test_who_plans_opens_the_forms(role: str, ids: dict[str, int]) -> None:
    assert answers(signed_in(role), WRITE, ids) == {200}


def test_the_forms_are_closed_to_who_only_reads(ids: dict[str, int]) -> None:
    assert answers(signed_in("supervisor"), WRITE, ids) == {403}


@pytest.mark.parametrize("role", ["artist", "supervisor", "clerk", "member"])
@pytest.mark.parametrize("path", SEND)
def test_nothing_is_written_for_who_may_not(path: str, role: str, ids: dict[str, int]) -> None:
    client = signed_in(*([] if role == "member" else [role]))
    assert client.post(path.format(**ids), {"crew_member": "x"}).status_code == 403


def test_nobody_is_led_to_the_sign_in_page_and_back(ids: dict[str, int]) -> None:
    assert Client().get("/crew/?role=Editor")["Location"] == "/login/?next=/crew/%3Frole%3DEditor"


def test_an_artist_opens_the_own_page_alone(ids: dict[str, int]) -> None:
    artist = UserFactory.create(roles=["artist"])
    own = CrewMemberFactory(user=artist, full_name="Ada Own")
    BookingFactory(crew_member=own, production__title="Night Train")
    client = signed_in(user=artist)
    page = client.get(f"/crew/{own.pk}/").content.decode()
    assert "Night Train" in page
    assert "/productions/" not in page
    assert client.post(f"/crew/{own.pk}/calendar/").status_code == 200
    assert client.get(f"/crew/{ids['person']}/").status_code == 403
    assert client.get("/crew/99999999/").status_code == 403


@pytest.mark.parametrize(("role", "shown"), [("supervisor", False), ("coordinator", False), ("producer", True)])
def test_day_rates_are_for_producers(role: str, shown: bool) -> None:
    person = CrewMemberFactory(day_rate="437.50")
    client = signed_in(role)
    pages = [client.get(path).content.decode() for path in ("/crew/", f"/crew/{person.pk}/")]
    assert [("437.50" in page, "Day rate" in page) for page in pages] == [(shown, shown)] * 2


def test_a_coordinator_cannot_smuggle_a_day_rate_in() -> None:
    person = CrewMemberFactory(day_rate="437.50")
    client = signed_in("coordinator")
    form = client.get(f"/crew/{person.pk}/edit/").context["form"]
    sent = {field.html_name: field.value() for field in form if field.value() is not None}
    client.post(f"/crew/{person.pk}/edit/", sent | {"role": person.role_id, "day_rate": "1.00"})
    person.refresh_from_db()
    assert str(person.day_rate) == "437.50"


MARKS = {"hire": "/crew/new/", "schedule": "/productions/new/", "move": "data-job"}


@pytest.mark.parametrize(("role", "marks"), [("supervisor", set()), ("coordinator", set(MARKS))])
def test_the_pages_offer_what_their_reader_may_do(role: str, marks: set[str]) -> None:
    BookingFactory()
    client = signed_in(role)
    pages = client.get("/crew/").content.decode() + client.get("/crew/schedule/?start=2030-01-01").content.decode()
    assert {name for name, mark in MARKS.items() if mark in pages} == marks


@pytest.mark.parametrize("path", ["/crew/new/", "/productions/new/", "/productions/{production}/move/"])
def test_a_form_of_another_site_is_refused(path: str, ids: dict[str, int]) -> None:
    client: Any = Client(enforce_csrf_checks=True)
    client.cookies = signed_in("producer").cookies
    assert client.post(path.format(**ids), {"title": "Taken over"}).status_code == 403


@pytest.fixture
def planner() -> Client:
    """Somebody who may book people, and not see productions."""
    user = UserFactory.create()
    rights = ("view_crewmember", "view_booking", "add_booking", "change_crewmember")
    user.user_permissions.set(Permission.objects.filter(codename__in=rights))
    return signed_in(user=user)


def test_productions_are_busy_days_to_who_may_not_see_them(planner: Client) -> None:
    period = days(date(2025, 1, 1), date(2100, 1, 1))
    booking = BookingFactory(production__title="Secret", production__period=period)
    BookingFactory(production__title="Secret", crew_member__full_name="Later")
    pages = [
        planner.get(path).content.decode()
        for path in ("/crew/", "/crew/schedule/?start=2030-01-01", f"/crew/{booking.crew_member_id}/")
    ]
    assert [("Secret" in page, "/productions/" in page.split("<main", 1)[1]) for page in pages] == [(False, False)] * 3
    assert "Busy" in pages[1]


def test_a_refusal_does_not_name_them_either(planner: Client) -> None:
    booking = BookingFactory(production__title="Secret")
    fields = {"start": "2030-03-01", "end": "2030-03-02"}
    page = planner.post(f"/crew/{booking.crew_member_id}/time-off/", fields).content.decode()
    assert ("Secret" in page, "busy" in page) == (False, True)
