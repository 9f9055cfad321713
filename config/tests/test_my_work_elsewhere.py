"""The first page: what waits outside of the shows."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from config.accounts.models import User
from config.accounts.tests.factories import UserFactory
from config.tests.admin_pages import signed_in
from crew.models import Requirement
from crew.tests.factories import BookingFactory, CrewMemberFactory, ProductionFactory, RoleFactory, days
from pipeline.models import Job
from pipeline.tests.factories import JobFactory
from rentals.tests.factories import RentalFactory
from shows.services.shots import change_shot
from shows.tests.factories import ShotFactory

pytestmark = pytest.mark.django_db
NOW = timezone.now()
OVERDUE = {"rental_date": NOW - timedelta(days=9), "due_date": NOW - timedelta(days=2)}


def failed(by: User | None) -> Job:
    made: Job = JobFactory(created_by=by, state="error", finished_at=NOW)
    return made


def wanting(role: Any, wanted: int, **more: Any) -> Any:
    """A production that goes on today and wants so many."""
    today = timezone.localdate()
    production = ProductionFactory(period=days(today, today), **more)
    Requirement.objects.create(production=production, role=role, count=wanted)
    return production


def counted(answer: Any) -> dict[str, int]:
    """Every figure of the page, as many as stand where it leads."""
    numbers = {figure.title: figure.number for figure in answer.context["elsewhere"]}
    for figure in answer.context["elsewhere"]:
        listed = answer.client.get(figure.address).context
        page = listed.get("page")
        assert figure.number == (page.total if page else len(listed["rows"])), figure.address
    return numbers


def test_who_runs_the_jobs_sees_all_that_failed_and_others_their_own() -> None:
    artist, coordinator = (UserFactory.create(roles=[role]) for role in ("artist", "coordinator"))
    for by in (artist, coordinator, None):
        failed(by)
    JobFactory(created_by=artist)
    assert counted(signed_in(user=coordinator).get("/"))["failed jobs"] == 3
    assert counted(signed_in(user=artist).get("/")) == {"failed jobs": 1}
    assert counted(signed_in().get("/")) == {}


def test_who_books_people_sees_the_productions_that_want_some() -> None:
    role = RoleFactory()
    short, full = wanting(role, 2, title="Short"), wanting(role, 1, title="Full")
    for production in (short, full):
        BookingFactory(production=production, crew_member=CrewMemberFactory(role=role))
    answer = signed_in("coordinator").get("/")
    assert counted(answer)["productions want people"] == 1
    assert [(row["title"], row["open_requirements"]) for row in answer.context["productions"].rows] == [
        ("Short", {role.name: 1})
    ]
    assert signed_in("supervisor").get("/").context["productions"] is None


def test_the_clerk_sees_what_is_overdue_with_the_way_to_the_desk() -> None:
    late = RentalFactory(**OVERDUE)
    RentalFactory()
    answer = signed_in("clerk").get("/")
    assert counted(answer)["overdue rentals"] == 1
    assert f'href="/rentals/desk/?customer={late.customer_id}"' in answer.content.decode()
    assert len(answer.context["rentals"]) == 2
    assert signed_in("coordinator").get("/").context["late"] is None


def test_an_artist_sees_what_was_done_to_own_shots() -> None:
    by, artist = UserFactory.create(roles=["producer"], display_name="Paula"), UserFactory.create(roles=["artist"])
    own, other = ShotFactory(assigned_to=CrewMemberFactory(user=artist)), ShotFactory()
    for shot in (own, other):
        change_shot(shot.pk, by=by, status="review")
    changes = signed_in(user=artist).get("/").context["own"]["changes"]
    assert [(change["shot"].pk, change["by"], change["now"]) for change in changes] == [(own.pk, "Paula", "Review")]


@pytest.mark.performance
@pytest.mark.parametrize("role", ["clerk", "coordinator"])
def test_the_page_costs_the_same_however_much_waits(role: str) -> None:
    client, wanted, costs = signed_in(role), RoleFactory(), []
    for number in (1, 11):
        for _ in range(number):
            failed(None)
            wanting(wanted, 1)
            RentalFactory(**OVERDUE)
        with CaptureQueriesContext(connection) as queries:
            client.get("/")
        costs.append(len(queries))
    assert costs[0] == costs[1] <= 24
