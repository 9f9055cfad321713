"""The list of productions, one of them, and who is booked and released there."""

from datetime import date
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from config.tests.admin_pages import signed_in
from crew.models import Booking, Production
from crew.services.productions import schedule_production
from crew.tests.factories import BookingFactory, CrewMemberFactory, ProductionFactory, RoleFactory, days

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_a_day_in_2030")]
JULY = days(date(2030, 7, 1), date(2030, 7, 31))


@pytest.fixture
def _a_day_in_2030() -> Any:
    with time_machine.travel("2030-06-15 12:00", tick=False):
        yield


@pytest.fixture
def coordinator(_a_day_in_2030: None) -> Client:
    return signed_in("coordinator")


def titles(answer: Any) -> list[str]:
    return [row["title"] for row in answer.context["rows"]]


@pytest.fixture
def _three() -> None:
    ProductionFactory(title="Coming", period=JULY)
    ProductionFactory(title="Going on", period=days(date(2030, 6, 15), date(2030, 6, 15)))
    ProductionFactory(title="Over", period=days(date(2030, 6, 1), date(2030, 6, 14)))


@pytest.mark.usefixtures("_three")
@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["Going on", "Coming"]),
        ("when=past", ["Over"]),
        ("when=all", ["Over", "Going on", "Coming"]),
        ("title=coming", ["Coming"]),
        ("from=2030-06-14&to=2030-06-15", ["Over", "Going on"]),
        ("from=2030-07-31", ["Coming"]),
        ("to=2030-06-01", ["Over"]),
        ("from=2030-07-31&to=2030-06-01", []),
        ("when=nonsense&from=never", ["Going on", "Coming"]),
    ],
)
def test_productions_are_found_by_their_days_and_words(query: str, found: list[str], coordinator: Client) -> None:
    assert titles(coordinator.get(f"/productions/?{query}")) == found


def test_a_changed_filter_brings_the_productions_alone(coordinator: Client) -> None:
    answer = coordinator.get("/productions/?title=x&from=&when=", headers={"HX-Request": "true"})
    assert answer["HX-Push-Url"] == "/productions/?title=x"
    assert "<html" not in answer.content.decode()


@pytest.mark.parametrize(("role", "words"), [("producer", "found and booked"), ("supervisor", "will stand here")])
def test_an_empty_list_names_the_next_step(role: str, words: str) -> None:
    assert words in signed_in(role).get("/productions/").content.decode()


@pytest.mark.performance
def test_the_list_costs_the_same_for_three_productions_as_for_forty(coordinator: Client) -> None:
    costs = []
    for number in (3, 37):
        for _ in range(number):
            BookingFactory(production__period=JULY)
        with CaptureQueriesContext(connection) as queries:
            coordinator.get("/productions/")
        costs.append(len(queries))
    assert costs[0] == costs[1] <= 7


@pytest.fixture
def editors(producer: Any) -> Production:
    """Wants two editors in July, of which Ada is booked; Bob is free."""
    role = RoleFactory(name="Editor")
    CrewMemberFactory(full_name="Ada", role=role)
    made = schedule_production(
        "Cut", by=producer, start=date(2030, 7, 1), end=date(2030, 7, 31), requirements={"Editor": 2}, allow_gaps=True
    )
    CrewMemberFactory(full_name="Bob", role=role)
    return Production.objects.get(pk=made.pk)


def test_a_production_shows_who_fills_it_and_who_could(editors: Production, coordinator: Client) -> None:
    BookingFactory(production=editors, crew_member__full_name="Extra")
    first, second = coordinator.get(f"/productions/{editors.pk}/").context["parts"]
    assert (first.role, first.wanted, first.open) == ("Editor", 2, 1)
    assert [booking["crew_member"]["full_name"] for booking in first.bookings] == ["Ada"]
    assert [person["full_name"] for person in first.free] == ["Bob"]
    assert (second.wanted, len(second.bookings)) == (0, 1)


@pytest.mark.performance
def test_a_production_costs_the_same_with_one_booking_as_with_thirty(editors: Production, coordinator: Client) -> None:
    costs = []
    for number in (0, 29):
        for _ in range(number):
            BookingFactory(production=editors)
        with CaptureQueriesContext(connection) as queries:
            coordinator.get(f"/productions/{editors.pk}/")
        costs.append(len(queries))
    assert costs[0] == costs[1]


def test_somebody_is_booked_by_name_and_released(editors: Production, coordinator: Client) -> None:
    path = f"/productions/{editors.pk}/"
    assert coordinator.post(f"{path}book/", {"crew_member": "bob"})["Location"] == path
    booking = Booking.objects.get(crew_member__full_name="Bob")
    assert "Bob is released" in coordinator.post(f"{path}release/{booking.pk}/", follow=True).content.decode()
    assert not Booking.objects.filter(pk=booking.pk).exists()


@pytest.mark.parametrize(
    ("name", "words"), [("", "required"), ("Nobody known", "Nobody has this name"), ("Ada", "bound already")]
)
def test_who_cannot_be_booked_stays_in_the_field(
    name: str, words: str, editors: Production, coordinator: Client
) -> None:
    answer = coordinator.post(f"/productions/{editors.pk}/book/", {"crew_member": name})
    assert words in answer.content.decode()
    assert answer.context["form"]["crew_member"].value() == name


def test_a_booking_of_another_production_is_not_released(editors: Production, coordinator: Client) -> None:
    other = BookingFactory()
    assert coordinator.post(f"/productions/{editors.pk}/release/{other.pk}/").status_code == 404


def test_a_cancelled_production_releases_everybody(editors: Production, coordinator: Client) -> None:
    answer = coordinator.post(f"/productions/{editors.pk}/cancel/", follow=True)
    assert "Cut is cancelled, 1 released" in answer.content.decode()
    assert (Production.objects.count(), Booking.objects.count()) == (0, 0)


@pytest.mark.parametrize("path", ["/productions/999/", "/productions/999/edit/"])
def test_a_production_that_is_not_there_is_not_found(path: str, coordinator: Client) -> None:
    assert coordinator.get(path).status_code == 404
