"""What others do at the same moment is looked at again, or refused by name; never a database's error."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, OperationalError

from config.accounts.models import User
from crew.errors import BookingsCollided, ContractStillNeeded, CrewUnavailable, DatesClash, PersonBound
from crew.models import Role
from crew.querysets.picking import Picked, picked
from crew.services import bookings, changing, people, staffing, transactions
from crew.tests.factories import CrewMemberFactory, ProductionFactory
from crew.tests.jobs import booked, everything, may, move, off, schedule
from crew.tests.jobs import people as hired

pytestmark = pytest.mark.django_db
COLLISIONS = ["23P01", "23503", "23505", "23514", "40P01", "40001"]


def database_error(sqlstate: str) -> OperationalError | IntegrityError:
    error = (IntegrityError if sqlstate.startswith("23") else OperationalError)("as the database says it")
    error.__cause__ = Exception()
    error.__cause__.sqlstate = sqlstate  # type: ignore[attr-defined]
    return error


def once(first: Callable[..., Any], then: Callable[..., Any]) -> Callable[..., Any]:
    """Does something else the first time."""
    functions = [first]
    return lambda *args, **options: (functions.pop() if functions else then)(*args, **options)


def raising(sqlstate: str) -> Callable[..., Any]:
    def fail(*args: Any, **options: Any) -> None:
        raise database_error(sqlstate)

    return fail


@pytest.mark.parametrize("sqlstate", COLLISIONS)
def test_a_collision_is_tried_again(sqlstate: str, coordinator: User, actor: Role, monkeypatch: Any) -> None:
    hired(actor, "Ada")
    monkeypatch.setattr(staffing, "picked", once(raising(sqlstate), picked))
    assert len(schedule(coordinator, 6, 17, {"Actor": 1}).row["bookings"]) == 1


@pytest.mark.parametrize("sqlstate", COLLISIONS)
def test_collisions_without_an_end_are_a_named_refusal(
    sqlstate: str, coordinator: User, actor: Role, monkeypatch: Any
) -> None:
    monkeypatch.setattr(staffing, "picked", raising(sqlstate))
    before = everything()
    with pytest.raises(BookingsCollided, match="Send it again"):
        schedule(coordinator, 6, 17, {"Actor": 1})
    assert everything() == before


@pytest.mark.parametrize("sqlstate", COLLISIONS)
def test_a_collision_outside_of_a_booking_is_a_named_refusal(
    sqlstate: str, coordinator: User, monkeypatch: Any
) -> None:
    monkeypatch.setattr(people, "saved", raising(sqlstate))
    with pytest.raises(BookingsCollided):
        people.hire_member(by=coordinator, full_name="Ada", role=None, hire_date=date(2030, 5, 6))


def test_an_error_that_nobody_else_caused_stays_what_it_is(coordinator: User, actor: Role, monkeypatch: Any) -> None:
    monkeypatch.setattr(staffing, "picked", raising("57P01"))
    with pytest.raises(OperationalError):
        schedule(coordinator, 6, 17, {"Actor": 1})
    monkeypatch.setattr(people, "saved", raising("57P01"))
    with pytest.raises(OperationalError):
        people.hire_member(by=coordinator, full_name="Ada", role=actor, hire_date=date(2030, 5, 6))


def test_who_was_booked_since_the_look_is_looked_for_again(coordinator: User, actor: Role, monkeypatch: Any) -> None:
    ada, _ = hired(actor, "Ada", "Ben")
    booked(ada, 6, 17)
    stale = {actor.pk: Picked(1, (ada.pk,))}
    monkeypatch.setattr(staffing, "picked", once(lambda *args: stale, picked))
    written = schedule(coordinator, 6, 17, {"Actor": 1})
    assert [booking["crew_member"]["full_name"] for booking in written.booked] == ["Ben"]


def test_who_changed_roles_since_the_look_is_not_booked(coordinator: User, actor: Role, monkeypatch: Any) -> None:
    cook = CrewMemberFactory()
    monkeypatch.setattr(staffing, "picked", once(lambda *args: {actor.pk: Picked(1, (cook.pk,))}, picked))
    with pytest.raises(CrewUnavailable):
        schedule(coordinator, 6, 17, {"Actor": 1})


def test_looks_that_are_forestalled_each_time_come_to_an_end(coordinator: User, actor: Role, monkeypatch: Any) -> None:
    ada = hired(actor, "Ada")[0]
    booked(ada, 6, 17)
    looks: list[date] = []

    def stale(places: object, start: date, end: date) -> dict[int, Picked]:
        looks.append(start)
        return {actor.pk: Picked(1, (ada.pk,))}

    monkeypatch.setattr(staffing, "picked", stale)
    with pytest.raises(BookingsCollided):
        schedule(coordinator, 6, 17, {"Actor": 1})
    assert len(looks) == transactions.ATTEMPTS


def test_a_booking_that_the_constraint_refuses_is_told_with_what_stands_against_it(
    coordinator: User, monkeypatch: Any
) -> None:
    booking = booked(CrewMemberFactory(), 6, 17, "Day Train")
    monkeypatch.setattr(bookings, "demand_free", once(lambda *args: None, bookings.demand_free))
    with pytest.raises(PersonBound, match="Day Train"):
        bookings.add_booking(ProductionFactory(period=may(6)).pk, booking.crew_member_id, by=coordinator)


def test_new_dates_that_the_constraint_refuses_are_told_with_the_clashes(
    coordinator: User, actor: Role, monkeypatch: Any
) -> None:
    ada = hired(actor, "Ada")[0]
    written = schedule(coordinator, 6, 10, {"Actor": 1})
    off(coordinator, ada, 12, 12)
    monkeypatch.setattr(changing.Change, "clashing", once(lambda *args: set(), changing.Change.clashing))
    with pytest.raises(DatesClash, match="Ada"):
        move(coordinator, written.pk, 6, 12)


def test_a_contract_that_the_constraint_holds_is_told_with_the_bookings(coordinator: User, monkeypatch: Any) -> None:
    booking = booked(CrewMemberFactory(), 6, 17, "Day Train")
    monkeypatch.setattr(people, "demand_bookings_within", once(lambda *args: None, people.demand_bookings_within))
    with pytest.raises(ContractStillNeeded, match="Day Train"):
        people.change_member(booking.crew_member_id, by=coordinator, fire_date=date(2030, 5, 10))


def test_a_role_that_was_deleted_meanwhile_is_a_named_refusal(coordinator: User, actor: Role) -> None:
    Role.objects.all()._raw_delete(using="default")
    with pytest.raises(BookingsCollided):
        people.hire_member(by=coordinator, full_name="Ada", role=actor, hire_date=date(2030, 5, 6))
