"""What the database refuses by itself, to scripts and bulk updates too."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from crew.models import Booking, CrewMember, Production, Requirement
from crew.tests.factories import BookingFactory, CrewMemberFactory, ProductionFactory, RoleFactory
from crew.tests.jobs import booked, may
from pipeline.services import constraint_of

pytestmark = pytest.mark.django_db


def refused_by(write: Any, *args: Any, **fields: Any) -> str | None:
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        write(*args, **fields)
    return constraint_of(refused.value)


@pytest.mark.parametrize("period", [may(6), may(17, 20), may(1, 31), may(8, 9)])
def test_nobody_is_bound_twice_on_a_day(period: DateRange) -> None:
    ada = booked(CrewMemberFactory(), 6, 17).crew_member
    assert refused_by(BookingFactory, crew_member=ada, production=None, period=period) == "booking_one_a_day"


def test_two_people_are_bound_on_the_same_day_and_one_on_two() -> None:
    booking = BookingFactory(production=None, period=may(6, 17))
    BookingFactory(production=None, period=may(6, 17))
    BookingFactory(crew_member=booking.crew_member, production=None, period=may(18, 20))
    assert Booking.objects.count() == 3


@pytest.mark.parametrize("period", [may(1, 10), may(20, 31), may(1, 31)])
def test_nobody_is_bound_outside_of_the_contract(period: DateRange) -> None:
    ada = CrewMemberFactory(employment=may(5, 25))
    assert refused_by(BookingFactory, crew_member=ada, production=None, period=period) == "booking_within_contract"


def test_a_booking_names_the_contract_that_there_is() -> None:
    ada = CrewMemberFactory(employment=may(5, 25))
    fields = {"crew_member": ada, "production": None, "period": may(6), "employment": may(1, 31)}
    assert refused_by(BookingFactory, **fields) == "booking_of_crew_member"


def test_a_booking_lasts_as_long_as_its_production() -> None:
    production = ProductionFactory(period=may(6, 17))
    assert refused_by(BookingFactory, production=production, period=may(6, 16)) == "booking_of_production"


def test_new_days_of_a_production_reach_its_bookings() -> None:
    booking = booked(CrewMemberFactory(), 6, 17)
    Production.objects.update(period=may(10, 20))
    moved = Booking.objects.get()
    assert (moved.period, moved.row_version) == (may(10, 20), booking.row_version + 1)


def test_new_days_that_one_of_many_cannot_move_nobody() -> None:
    first = booked(CrewMemberFactory(), 6, 17)
    second = BookingFactory(production=first.production)
    booked(second.crew_member, 20, 21)
    production = Production.objects.filter(pk=first.production_id)
    assert refused_by(production.update, period=may(18, 20)) == "booking_one_a_day"
    assert set(Booking.objects.filter(production=first.production).values_list("period", flat=True)) == {may(6, 17)}


def test_new_days_outside_of_a_contract_are_refused() -> None:
    booked(CrewMemberFactory(employment=may(1, 20)), 6, 17)
    assert refused_by(Production.objects.update, period=may(18, 21)) == "booking_within_contract"


def test_a_contract_that_ends_too_early_is_refused_and_one_that_does_not_reaches_the_bookings() -> None:
    booked(CrewMemberFactory(), 6, 17)
    assert refused_by(CrewMember.objects.update, employment=may(1, 16)) == "booking_within_contract"
    CrewMember.objects.update(employment=may(6, 17))
    assert Booking.objects.get().employment == may(6, 17)


def test_the_bookings_of_a_production_go_with_it() -> None:
    booked(CrewMemberFactory(), 6, 17)
    BookingFactory(production=None, period=may(6))
    Production.objects.all()._raw_delete(using="default")
    assert Booking.objects.get().production is None


def test_who_is_booked_cannot_go() -> None:
    booked(CrewMemberFactory(), 6, 17)
    people = CrewMember.objects.all()
    assert refused_by(people._raw_delete, using="default") == "booking_of_crew_member"


@pytest.mark.parametrize(
    "fields", [{"role": None}, {"reason": "Wedding"}, {"production": None, "role": "any", "period": may(6)}]
)
def test_a_booking_is_work_in_a_role_or_time_off(fields: dict[str, Any]) -> None:
    role = {"role": RoleFactory()} if fields.get("role") == "any" else {}
    assert refused_by(BookingFactory, **fields | role) == "booking_is_work_or_time_off"


@pytest.mark.parametrize("period", ["empty", "[2030-05-06,)", "(,2030-05-06]"])
def test_a_booking_has_a_first_and_a_last_day(period: str) -> None:
    constraint = refused_by(BookingFactory, production=None, period=period)
    assert constraint in ("booking_period_bounded", "booking_within_contract")


def test_a_role_is_required_once_and_for_1_to_1000_people() -> None:
    fields = {"production": ProductionFactory(), "role": RoleFactory()}
    Requirement.objects.create(**fields, count=1000)
    assert refused_by(Requirement.objects.create, **fields, count=1) == "production_requirement_once"
    for count in (0, 1001):
        assert refused_by(Requirement.objects.update, count=count) == "production_requirement_count"


def test_the_first_day_that_there_is_can_be_booked() -> None:
    ada = CrewMemberFactory(employment=DateRange(date.min, None))
    booking = BookingFactory(crew_member=ada, production=None, period=DateRange(date.min, date(1, 1, 2)))
    booking.refresh_from_db()
    assert (booking.start, booking.end) == (date.min, date.min)
