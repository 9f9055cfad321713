"""Who is picked: the least booked in the 45 days before and the 45 days after, then the lowest id."""

from datetime import date, timedelta

import pytest

from config.accounts.models import User
from crew.models import CrewMember, Role
from crew.querysets.picking import picked
from crew.tests.factories import BookingFactory, ProductionFactory, days
from crew.tests.jobs import names, off, people, schedule

pytestmark = pytest.mark.django_db
FIRST, LAST = date(2030, 5, 6), date(2030, 5, 17)


def bind(member: CrewMember, first: date, last: date) -> None:
    BookingFactory(crew_member=member, production=ProductionFactory(period=days(first, last)))


def test_among_equals_the_lowest_ids_are_picked(coordinator: User, director: Role) -> None:
    people(director, "Zoe", "Yan", "Xia")
    assert names(schedule(coordinator, 6, 17, {"Director": 2})) == ["Zoe", "Yan"]


def test_the_least_booked_are_picked_first(coordinator: User, director: Role) -> None:
    zoe, yan, _ = people(director, "Zoe", "Yan", "Xia")
    bind(zoe, date(2030, 4, 1), date(2030, 4, 2))
    bind(yan, date(2030, 6, 1), date(2030, 6, 1))
    assert names(schedule(coordinator, 6, 17, {"Director": 3})) == ["Xia", "Yan", "Zoe"]


def test_days_off_are_no_load(coordinator: User, director: Role) -> None:
    zoe, _ = people(director, "Zoe", "Yan")
    off(coordinator, zoe, 20, 31)
    assert names(schedule(coordinator, 6, 17, {"Director": 1})) == ["Zoe"]


@pytest.mark.parametrize("day", [FIRST - timedelta(days=45), LAST + timedelta(days=45)])
def test_45_days_before_and_after_count(day: date, coordinator: User, director: Role) -> None:
    zoe, _ = people(director, "Zoe", "Yan")
    bind(zoe, day, day)
    assert names(schedule(coordinator, 6, 17, {"Director": 1})) == ["Yan"]


@pytest.mark.parametrize("day", [FIRST - timedelta(days=46), LAST + timedelta(days=46)])
def test_46_days_before_and_after_do_not(day: date, coordinator: User, director: Role) -> None:
    zoe, _ = people(director, "Zoe", "Yan")
    bind(zoe, day, day)
    assert names(schedule(coordinator, 6, 17, {"Director": 1})) == ["Zoe"]


def test_of_a_long_booking_only_the_days_within_count(coordinator: User, director: Role) -> None:
    zoe, yan = people(director, "Zoe", "Yan")
    bind(zoe, date(2029, 1, 1), FIRST - timedelta(days=44))
    bind(yan, date(2030, 4, 1), date(2030, 4, 3))
    assert names(schedule(coordinator, 6, 17, {"Director": 1})) == ["Zoe"]


def test_all_who_are_free_are_counted_and_as_many_named_as_there_are_places(director: Role, actor: Role) -> None:
    zoe, yan, _ = people(director, "Zoe", "Yan", "Xia")
    found = picked({director.pk: 2, actor.pk: 1}, FIRST, LAST)
    assert found[director.pk] == (3, (zoe.pk, yan.pk))
    assert found[actor.pk] == (0, ())


def test_who_is_to_be_left_out_is(director: Role) -> None:
    zoe, yan = people(director, "Zoe", "Yan")
    assert picked({director.pk: 2}, FIRST, LAST, but=[zoe.pk])[director.pk] == (1, (yan.pk,))
