"""The first page: what waits for whom."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from config.accounts.models import User
from config.accounts.tests.factories import UserFactory
from config.tests.admin_pages import signed_in
from crew.tests.factories import BookingFactory, CrewMemberFactory
from shows.models import Shot
from shows.services.shots import bulk_change_shots, change_shot
from shows.tests.factories import ReviewFactory, ShotFactory, VersionFactory

pytestmark = pytest.mark.django_db


def opened(*roles: str, user: User | None = None) -> Any:
    return signed_in(*roles, user=user).get("/")


@pytest.fixture
def artist() -> User:
    made: User = UserFactory.create(roles=["artist"])
    return made


def numbers_of(figures: list[Any]) -> dict[str, int]:
    return {figure.title: figure.number for figure in figures}


def test_an_artist_sees_own_shots_by_status_and_what_was_said_about_them(artist: User) -> None:
    person = CrewMemberFactory(user=artist)
    statuses = ("review", "pending", "pending", "final")
    shots = [ShotFactory(assigned_to=person, status=status) for status in statuses]
    ReviewFactory(shot=shots[0], body="Mind the edge.")
    ReviewFactory(body="Not for me.")
    own = opened(user=artist).context["own"]
    assert numbers_of(own["counts"]) | {"Pending": 2, "Review": 1, "with open notes": 1} == numbers_of(own["counts"])
    assert [note["body"] for note in own["notes"]] == ["Mind the edge."]
    assert {row["status"] for row in own["shots"]} == {"review", "pending"}


@pytest.mark.parametrize("role", ["supervisor", "coordinator", "producer", "admin"])
def test_who_judges_sees_what_waits_and_what_happened(role: str) -> None:
    waiting, _ = ShotFactory(status="review"), ShotFactory()
    version, note = VersionFactory(shot=waiting), ReviewFactory(shot=waiting)
    context = opened(role).context
    assert [row["id"] for row in context["waiting"]] == [waiting.pk]
    assert [row["id"] for row in context["versions"]] == [version.pk]
    assert [row["id"] for row in context["notes"]] == [note.pk]


def test_every_number_leads_to_as_many_shots(artist: User) -> None:
    person = CrewMemberFactory(user=artist)
    for status in ("review", "pending", "on_hold", "omitted"):
        ReviewFactory(shot=ShotFactory(assigned_to=person, status=status))
        ShotFactory(status=status)
    for client in (signed_in(user=artist), signed_in("supervisor")):
        context = client.get("/").context
        figures = (context.get("own") or context)["counts"]
        listed = [client.get(figure.address).context["listing"].found for figure in figures]
        assert listed == [figure.number for figure in figures]


def test_what_one_person_did_to_many_shots_at_once_is_one_line() -> None:
    by = UserFactory.create(roles=["producer"], display_name="Paula")
    shots = ShotFactory.create_batch(3)
    bulk_change_shots([shot.pk for shot in shots], by=by, status="omitted")
    change_shot(shots[0].pk, by=by, status="review")
    rows = opened(user=by).context["changes"]
    assert [(row["by"], row["now"], row["more"]) for row in rows] == [("Paula", "Review", 0), ("Paula", "Omitted", 2)]


def test_a_change_of_a_shot_that_is_gone_is_told_all_the_same() -> None:
    by = UserFactory.create(roles=["producer"])
    shot = ShotFactory()
    change_shot(shot.pk, by=by, status="omitted")
    Shot.objects.filter(pk=shot.pk).delete()
    assert "A shot that is gone" in opened(user=by).content.decode()


def test_somebody_sees_where_to_be_when(artist: User) -> None:
    person = CrewMemberFactory(user=artist)
    BookingFactory(crew_member=person, production__title="Night Train", production__period=days(-9, 9))
    BookingFactory(crew_member=person, production__title="Over", production__period=days(-19, -10))
    answer = opened(user=artist)
    assert [booking.production.title for booking in answer.context["own"]["bookings"]] == ["Night Train"]
    assert f'href="/crew/{person.pk}/"' in answer.content.decode()
    assert "/productions/" not in answer.content.decode()


def days(first: int, last: int) -> DateRange:
    """So many days before or after today, both included."""
    today = timezone.localdate()
    return DateRange(today + timedelta(days=first), today + timedelta(days=last + 1))


def test_an_artist_outside_the_crew_list_is_told_what_to_do(artist: User) -> None:
    assert "not in the crew list" in opened(user=artist).content.decode()


def test_a_visitor_is_shown_what_is_open_to_them() -> None:
    page = opened().content.decode()
    assert "no role in the studio" in page
    assert "/api/docs" in page
    assert 'href="/shows/"' not in page


def test_nobody_is_asked_to_sign_in() -> None:
    assert Client().get("/")["Location"] == "/login/?next=/"


@pytest.mark.performance
@pytest.mark.parametrize("role", ["artist", "supervisor"])
def test_the_page_costs_the_same_for_ten_rows_as_for_a_hundred(role: str) -> None:
    user = UserFactory.create(roles=[role])
    person = CrewMemberFactory(user=user)
    costs = []
    for number in (10, 90):
        fill(person, number)
        with CaptureQueriesContext(connection) as queries:
            opened(user=user)
        costs.append(len(queries))
    assert costs[0] == costs[1]


def fill(person: Any, number: int) -> None:
    for _ in range(number):
        shot = ShotFactory(assigned_to=person, status="pending")
        VersionFactory(shot=shot)
        ReviewFactory(shot=shot)
        Shot.objects.filter(pk=shot.pk).update(status="review")
