"""A contract covers every booking, whoever changes it."""

from datetime import date

import pytest

from config.accounts.models import User
from crew.errors import ContractStillNeeded
from crew.models import Booking, CrewMember, Role
from crew.services import people, productions
from crew.tests.factories import CrewMemberFactory
from crew.tests.jobs import booked, everything, may, off
from crew.tests.jobs import people as hired

pytestmark = pytest.mark.django_db


def test_a_contract_does_not_end_before_a_booking_does(coordinator: User) -> None:
    booking = booked(CrewMemberFactory(), 6, 17, "Day Train")
    before = everything()
    with pytest.raises(ContractStillNeeded, match="Day Train, 2030-05-06 to 2030-05-17") as refused:
        people.change_member(booking.crew_member_id, by=coordinator, fire_date=date(2030, 5, 16))
    assert everything() == before
    job = {"id": booking.production_id, "title": "Day Train"}
    told = {"id": booking.pk, "production": job, "start": date(2030, 5, 6), "end": date(2030, 5, 17)}
    assert (refused.value.field, refused.value.facts["bookings"]) == ("fire_date", [told])


def test_a_contract_may_end_on_the_last_day_of_a_booking(coordinator: User) -> None:
    booking = booked(CrewMemberFactory(), 6, 17)
    people.change_member(booking.crew_member_id, by=coordinator, fire_date=date(2030, 5, 17))
    booking.refresh_from_db()
    assert booking.employment == CrewMember.objects.get().employment


def test_a_contract_does_not_begin_after_a_booking_does(coordinator: User) -> None:
    booking = booked(CrewMemberFactory(), 6, 17)
    with pytest.raises(ContractStillNeeded) as refused:
        people.change_member(booking.crew_member_id, by=coordinator, hire_date=date(2030, 5, 7))
    assert refused.value.field == "hire_date"


def test_time_off_holds_a_contract_too(coordinator: User) -> None:
    ada = CrewMemberFactory()
    off(coordinator, ada, 6, 17)
    with pytest.raises(ContractStillNeeded, match="time off, 2030-05-06 to 2030-05-17") as refused:
        people.change_member(ada.pk, by=coordinator, fire_date=date(2030, 5, 1))
    assert refused.value.facts["bookings"][0]["production"] is None


def test_several_bookings_are_counted_and_told_in_their_order(coordinator: User) -> None:
    ada = CrewMemberFactory()
    for first in (20, 10, 1):
        booked(ada, first, first + 1)
    with pytest.raises(ContractStillNeeded, match="and 1 more") as refused:
        people.change_member(ada.pk, by=coordinator, fire_date=date(2030, 5, 5))
    assert [booking["start"].day for booking in refused.value.facts["bookings"]] == [10, 20]


def test_a_longer_contract_reaches_the_bookings(coordinator: User) -> None:
    booking = booked(CrewMemberFactory(employment=may(1, 31)), 6, 17)
    people.change_member(booking.crew_member_id, by=coordinator, fire_date=None)
    booking.refresh_from_db()
    assert booking.employment.upper is None


def test_a_contract_ends_once_the_booking_is_gone(coordinator: User) -> None:
    booking = booked(CrewMemberFactory(), 6, 17)
    productions.cancel_production(booking.production_id, by=coordinator)
    row = people.change_member(booking.crew_member_id, by=coordinator, fire_date=date(2030, 5, 1)).row
    assert row["fire_date"] == date(2030, 5, 1)


def test_a_new_role_leaves_bookings_in_the_old_one(coordinator: User, actor: Role, director: Role) -> None:
    booking = booked(hired(actor, "Ada")[0], 6, 17)
    people.change_member(booking.crew_member_id, by=coordinator, role=director)
    assert Booking.objects.get().role == actor
