from datetime import date

import pytest

from config.accounts.models import User
from crew.errors import ContractStillNeeded, DatesClash, OutsideContract, PersonBound
from crew.models import Booking
from crew.services import bookings, people, productions
from crew.tests.factories import BookingFactory, CrewMemberFactory, ProductionFactory, days

pytestmark = pytest.mark.django_db
FIRST, LAST = date(2030, 5, 6), date(2030, 5, 17)


def test_somebody_is_booked_by_name_beyond_the_requirements_in_the_own_role(coordinator: User) -> None:
    production, ada = ProductionFactory(period=days(FIRST, LAST)), CrewMemberFactory(full_name="Ada")
    written = bookings.add_booking(production.pk, ada.pk, by=coordinator)
    assert written.row["crew_member"] == {"id": ada.pk, "full_name": "Ada"}
    assert (written.row["start"], written.row["end"], written.row["role"]) == (FIRST, LAST, ada.role.name)


def test_who_is_released_is_free_again(coordinator: User) -> None:
    booking = BookingFactory()
    bookings.remove_booking(booking.production_id, booking.pk, by=coordinator)
    assert not Booking.objects.exists()


def test_time_off_keeps_somebody_from_being_booked_until_it_is_taken_back(coordinator: User) -> None:
    production, ada = ProductionFactory(period=days(FIRST, LAST)), CrewMemberFactory()
    off = bookings.book_time_off(ada.pk, by=coordinator, start=LAST, end=LAST, reason="Wedding")
    with pytest.raises(PersonBound):
        bookings.add_booking(production.pk, ada.pk, by=coordinator)
    bookings.cancel_time_off(ada.pk, off.pk, by=coordinator)
    assert bookings.add_booking(production.pk, ada.pk, by=coordinator).pk


def test_time_off_beyond_the_contract_is_refused(coordinator: User) -> None:
    ada = CrewMemberFactory(employment=days(FIRST, LAST))
    with pytest.raises(OutsideContract):
        bookings.book_time_off(ada.pk, by=coordinator, start=LAST, end=date(2030, 5, 18))


def test_a_contract_does_not_end_before_a_booking_does(coordinator: User) -> None:
    booking = BookingFactory(production=ProductionFactory(title="Night Train", period=days(FIRST, LAST)))
    with pytest.raises(ContractStillNeeded) as refused:
        people.change_member(booking.crew_member_id, by=coordinator, fire_date=date(2030, 5, 16))
    train = {"id": booking.production_id, "title": "Night Train"}
    assert refused.value.facts["bookings"] == [{"id": booking.pk, "production": train, "start": FIRST, "end": LAST}]
    people.change_member(booking.crew_member_id, by=coordinator, fire_date=LAST)


def test_new_dates_that_do_not_suit_somebody_are_refused_with_stand_ins(coordinator: User) -> None:
    booking = BookingFactory(production=ProductionFactory(period=days(FIRST, LAST)))
    eva = CrewMemberFactory(role=booking.role, full_name="Eva")
    bookings.book_time_off(booking.crew_member_id, by=coordinator, start=date(2030, 6, 1), end=date(2030, 6, 1))
    with pytest.raises(DatesClash) as refused:
        productions.change_production(booking.production_id, by=coordinator, end=date(2030, 6, 1))
    clash = refused.value.facts["clashes"][0]
    assert (clash["production"], clash["reason"]) == (None, "time_off")
    assert clash["stand_ins"] == [{"id": eva.pk, "full_name": "Eva"}]


def test_stand_ins_take_over_in_the_same_transaction(coordinator: User) -> None:
    booking = BookingFactory(production=ProductionFactory(period=days(FIRST, LAST)))
    eva = CrewMemberFactory(role=booking.role, full_name="Eva")
    bookings.book_time_off(booking.crew_member_id, by=coordinator, start=date(2030, 6, 1), end=date(2030, 6, 1))
    written = productions.change_production(
        booking.production_id, by=coordinator, end=date(2030, 6, 1), on_conflict="replace"
    )
    assert [found["crew_member"]["id"] for found in written.row["bookings"]] == [eva.pk]
    assert [found["id"] for found in written.released] == [booking.pk]
