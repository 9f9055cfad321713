"""How many statements it takes, whatever the size, and which indexes serve them."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext

from config.accounts.models import User
from crew.errors import CrewUnavailable, DatesClash
from crew.models import Booking, CrewMember, Production, Role
from crew.querysets import conflicts, pages, picking, statements, windows
from crew.services import planning, productions
from crew.tests.factories import BookingFactory, CrewMemberFactory, RoleFactory
from crew.tests.jobs import may, move, off, schedule

pytestmark = [pytest.mark.performance, pytest.mark.django_db]
START, END = date(2030, 5, 6), date(2030, 5, 17)


def count(act: Callable[[], Any]) -> int:
    with CaptureQueriesContext(connection) as captured:
        act()
    return len(captured)


def staffed(roles: int, each: int) -> dict[str, int]:
    """People of so many roles, and the requirements for half of them."""
    made = RoleFactory.create_batch(roles)
    for role in made:
        CrewMemberFactory.create_batch(each, role=role)
    return {role.name: each // 2 or 1 for role in made}


def test_scheduling_takes_as_many_statements_for_twelve_roles_as_for_one(coordinator: User) -> None:
    small, large = staffed(1, 2), staffed(12, 10)
    schedule(coordinator, 1, 1)
    counts = [count(lambda: schedule(coordinator, 6, 17, wanted)) for wanted in (small, large)]  # noqa: B023
    assert counts[0] == counts[1] <= 14


def test_scheduling_takes_as_many_statements_among_500_people_as_among_5(coordinator: User, actor: Role) -> None:
    schedule(coordinator, 1, 1)
    counts = []
    for more in (5, 495):
        CrewMemberFactory.create_batch(more, role=actor)
        counts.append(count(lambda: schedule(coordinator, 6, 17, {"Actor": 2})))
    assert counts[0] == counts[1]


def refuse(by: User, wanted: dict[str, int]) -> None:
    with pytest.raises(CrewUnavailable):
        schedule(by, 6, 17, dict.fromkeys(wanted, 1000))


def test_a_shortage_takes_as_many_statements_for_twelve_roles_as_for_one(coordinator: User) -> None:
    small, large = staffed(1, 2), staffed(12, 10)
    refuse(coordinator, small)
    counts = [count(lambda: refuse(coordinator, wanted)) for wanted in (small, large)]  # noqa: B023
    assert counts[0] == counts[1] <= 18


def written(by: User, roles: int, each: int) -> int:
    production: int = schedule(by, 6, 10, staffed(roles, each)).pk
    return production


@pytest.mark.parametrize("on_conflict", ["refuse", "replace"])
def test_new_dates_take_as_many_statements_for_sixty_people_as_for_one(on_conflict: str, coordinator: User) -> None:
    counts = []
    for size in ((1, 2), (12, 10)):
        production = written(coordinator, *size)
        for booking in Booking.objects.filter(production=production).select_related("crew_member"):
            off(coordinator, booking.crew_member, 12, 12)
        counts.append(count(lambda: try_to_move(coordinator, production, on_conflict)))  # noqa: B023
    assert counts[0] == counts[1] <= 60


def try_to_move(by: User, production: int, on_conflict: str) -> None:
    if on_conflict == "replace":
        assert len(move(by, production, 6, 12, on_conflict="replace").booked)
    else:
        with pytest.raises(DatesClash):
            move(by, production, 6, 12)


def test_cancelling_takes_as_many_statements_for_sixty_people_as_for_one(coordinator: User) -> None:
    made = [written(coordinator, *size) for size in ((1, 2), (12, 10))]
    counts = [count(lambda: productions.cancel_production(pk, by=coordinator)) for pk in made]  # noqa: B023
    assert counts[0] == counts[1] <= 20


def test_questions_take_one_statement_each(actor: Role) -> None:
    CrewMemberFactory.create_batch(20, role=actor)
    assert count(lambda: planning.availability(START, END)) == 1
    assert count(lambda: planning.schedule(START, END)) == 1
    assert count(lambda: windows.first_days({actor.pk: 2}, 5, START, END)) == 1
    assert count(lambda: picking.picked({actor.pk: 2}, START, END)) == 1


@pytest.mark.parametrize("model", [CrewMember, Production, Booking, Role])
def test_rows_take_one_statement(model: Any) -> None:
    BookingFactory.create_batch(10)
    assert count(lambda: list(model.objects.as_rows())) == 1


SCOPE = {"start": START, "end": END, "roles": [1], "places": [1], "role": "Actor", "limit": 50, "offset": 0}
QUESTIONS: dict[str, tuple[Any, dict[str, Any]]] = {
    "pick": (picking.PICK, {"but": []}),
    "available": (pages.AVAILABLE, {}),
    "schedule": (pages.SCHEDULE, {}),
    "first days": (windows.FIRST_DAYS, {"days": 5, "first": START, "last": END, "ignoring": 0}),
    "busy": (conflicts.BUSY, {"ignoring": 0, "most": 50}),
    "clashes": (conflicts.CLASHES, {"bookings": [1, 2], "most": 50}),
}


@pytest.fixture
def without_whole_reads(db: None) -> None:
    """PostgreSQL reads a table as a whole, and sorts, only where no index serves, whatever it has counted so far."""
    BookingFactory.create_batch(3)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off; SET LOCAL enable_bitmapscan = off")


@pytest.mark.parametrize("name", QUESTIONS)
def test_bookings_are_found_by_an_index(name: str, without_whole_reads: None) -> None:
    statement, values = QUESTIONS[name]
    rows: Any = statements.rows_of("EXPLAIN " + statement, SCOPE | values)
    plan = "\n".join(line for (line,) in rows)
    assert "Seq Scan on booking" not in plan
    assert " using booking_" in plan or " on booking_" in plan


LISTS: dict[str, Callable[[], QuerySet[Any]]] = {
    "crew_member_by_name": lambda: CrewMember.objects.order_by("full_name", "pk").values("full_name", "pk")[:50],
    "crew_member_by_hire_date": lambda: CrewMember.objects.order_by("employment__startswith", "pk")[:50],
    "production_by_title": lambda: Production.objects.order_by("title", "pk").values("title", "pk")[:50],
    "production_by_start": lambda: Production.objects.order_by("period__startswith", "pk")[:50],
    "production_by_end": lambda: Production.objects.order_by("period__endswith", "pk")[:50],
    "production_of_days": lambda: Production.objects.overlapping(START, END).order_by(),
    "booking_of_job": lambda: Booking.objects.filter(production=1).order_by("pk"),
    "booking_of_person_by_day": lambda: Booking.objects.filter(crew_member=1).order_by("period__endswith"),
}


@pytest.mark.parametrize("index", LISTS)
def test_a_list_is_read_from_its_index(index: str, without_whole_reads: None) -> None:
    plan = LISTS[index]().explain()
    assert index in plan
    assert "Sort" not in plan


def test_time_off_of_the_month_is_one_statement(actor: Role) -> None:
    BookingFactory(production=None, period=may(6))
    assert count(lambda: list(Booking.objects.time_off().overlapping(START, END).as_rows())) == 1
