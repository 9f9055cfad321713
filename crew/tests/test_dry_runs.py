"""A dry run does everything, answers the same, and leaves nothing."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from config.accounts.models import User
from crew.errors import CrewUnavailable, PersonBound
from crew.models import Booking, CrewMember, Production, Role
from crew.services import bookings, people, productions, roles
from crew.services.transactions import Written
from crew.tests.factories import BookingFactory, CrewMemberFactory, ProductionFactory, RoleFactory, days
from crew.tests.jobs import booked, everything, schedule

pytestmark = pytest.mark.django_db
DAY = date(2032, 5, 6)
Write = Callable[..., Written]


@pytest.fixture
def stage(director: Role) -> None:
    """Somebody booked, somebody free, and somebody off."""
    booked(CrewMemberFactory(role=director), 6, 17)
    CrewMemberFactory(role=director)
    off = CrewMemberFactory(role=director)
    BookingFactory(crew_member=off, production=None, period=days(DAY, DAY))


def free() -> CrewMember:
    return CrewMember.objects.get(booking=None)


def job() -> Production:
    return Production.objects.get()


def work() -> Booking:
    return Booking.objects.work().get()


def time_off() -> Booking:
    return Booking.objects.time_off().get()


# Every write of this app, on the stage above.
WRITES: dict[str, Callable[[dict[str, Any]], Written]] = {
    "hire": lambda how: people.hire_member(
        full_name="Ada", role=Role.objects.get(), email="", hire_date=DAY, fire_date=DAY, **how
    ),
    "change a person": lambda how: people.change_member(free().pk, fire_date=DAY, full_name="Bea", **how),
    "delete a person": lambda how: people.delete_member(free().pk, **how),
    "take off": lambda how: bookings.book_time_off(free().pk, start=DAY, end=DAY, reason="Wedding", **how),
    "come back": lambda how: bookings.cancel_time_off(time_off().crew_member_id, time_off().pk, **how),
    "schedule": lambda how: productions.schedule_production(
        "Night Train", start=DAY, end=DAY, requirements={"Director": 2}, **how
    ),
    "move": lambda how: productions.change_production(
        job().pk, start=DAY, end=DAY, requirements={"Director": 1}, title="Moved", on_conflict="replace", **how
    ),
    "staff": lambda how: productions.staff_production(job().pk, **how),
    "cancel": lambda how: productions.cancel_production(job().pk, **how),
    "book by name": lambda how: bookings.add_booking(job().pk, free().pk, **how),
    "release": lambda how: bookings.remove_booking(job().pk, work().pk, **how),
    "create a role": lambda how: roles.create_role(name="Gaffer", department="Light", **how),
    "rename a role": lambda how: roles.change_role(Role.objects.get().pk, name="Regie", **how),
}


def without_new_ids(value: Any) -> Any:
    """Sequences count on in a dry run too, so that what is new has other ids the next time."""
    if isinstance(value, dict):
        return {key: without_new_ids(inner) for key, inner in value.items() if key not in ("id", "row_version")}
    return [without_new_ids(inner) for inner in value] if isinstance(value, list | tuple) else value


@pytest.mark.parametrize("name", WRITES)
def test_a_dry_run_answers_what_the_write_would_and_leaves_nothing(name: str, coordinator: User, stage: None) -> None:
    before = everything()
    rehearsed = WRITES[name]({"by": coordinator, "dry_run": True})
    assert everything() == before
    written = WRITES[name]({"by": coordinator})
    assert (rehearsed.dry_run, written.dry_run) == (True, False)
    parts = ("row", "booked", "released")
    assert [without_new_ids(getattr(rehearsed, part)) for part in parts] == [
        without_new_ids(getattr(written, part)) for part in parts
    ]


@pytest.mark.parametrize("name", WRITES)
def test_the_write_itself_leaves_something(name: str, coordinator: User, stage: None) -> None:
    if name == "staff":
        productions.change_production(job().pk, by=coordinator, requirements={"Director": 2}, allow_gaps=True)
        bookings.remove_booking(job().pk, Booking.objects.work().latest("pk").pk, by=coordinator)
    before = everything()
    WRITES[name]({"by": coordinator})
    assert everything() != before


def test_a_role_is_deleted_in_a_dry_run_and_stays(coordinator: User) -> None:
    role = RoleFactory()
    assert roles.delete_role(role.pk, by=coordinator, dry_run=True).row["name"] == role.name
    assert Role.objects.exists()


def test_a_dry_run_is_refused_as_the_write_would_be(coordinator: User, director: Role) -> None:
    with pytest.raises(CrewUnavailable):
        schedule(coordinator, 6, 17, {"Director": 1}, dry_run=True)
    bound = booked(CrewMemberFactory(), 6, 17)
    with pytest.raises(PersonBound):
        bookings.add_booking(
            ProductionFactory(period=bound.period).pk, bound.crew_member_id, by=coordinator, dry_run=True
        )


def test_what_a_caller_wrote_before_a_dry_run_stays(coordinator: User) -> None:
    roles.create_role(by=coordinator, name="Gaffer", department="Light")
    roles.create_role(by=coordinator, name="Grip", department="Light", dry_run=True)
    assert list(Role.objects.values_list("name", flat=True)) == ["Gaffer"]
