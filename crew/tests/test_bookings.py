"""Somebody by name: booked beyond the requirements, released, off."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from config.accounts.models import User
from crew.errors import OutsideContract, PersonBound
from crew.models import Booking, Production, Role
from crew.services import bookings, people, productions
from crew.tests.factories import BookingFactory, CrewMemberFactory, ProductionFactory, days
from crew.tests.jobs import booked, everything, may, names, off, schedule
from crew.tests.jobs import people as hired
from pipeline.errors import NotAllowed, StillHolds

pytestmark = pytest.mark.django_db


def test_somebody_is_booked_by_name_in_the_own_role_for_all_days(coordinator: User, actor: Role) -> None:
    production, ada = ProductionFactory(period=may(6, 17)), hired(actor, "Ada")[0]
    row = bookings.add_booking(production.pk, ada.pk, by=coordinator).row
    assert row["crew_member"] == {"id": ada.pk, "full_name": "Ada"}
    assert (row["start"], row["end"], row["role"]) == (date(2030, 5, 6), date(2030, 5, 17), "Actor")


def test_who_is_bound_then_is_not_booked_and_the_refusal_says_by_what(coordinator: User) -> None:
    booking = booked(CrewMemberFactory(full_name="Ada"), 10, 20, "Day Train")
    with pytest.raises(PersonBound, match=r"Ada is bound .* \(Day Train, 2030-05-10 to 2030-05-20\)") as refused:
        bookings.add_booking(ProductionFactory(period=may(6, 10)).pk, booking.crew_member_id, by=coordinator)
    job = {"id": booking.production_id, "title": "Day Train"}
    assert refused.value.facts["bookings"] == [
        {"id": booking.pk, "production": job, "start": date(2030, 5, 10), "end": date(2030, 5, 20)}
    ]


def test_nobody_is_booked_twice_for_the_same_production(coordinator: User) -> None:
    booking = BookingFactory()
    with pytest.raises(PersonBound):
        bookings.add_booking(booking.production_id, booking.crew_member_id, by=coordinator)


def test_who_is_not_under_contract_then_is_not_booked(coordinator: User) -> None:
    ada = CrewMemberFactory(employment=may(1, 16))
    with pytest.raises(OutsideContract, match="2030-05-01 to 2030-05-16") as refused:
        bookings.add_booking(ProductionFactory(period=may(6, 17)).pk, ada.pk, by=coordinator)
    assert refused.value.facts["fire_date"] == date(2030, 5, 16)


def test_a_person_or_a_production_that_is_not_there_is_said_so(coordinator: User) -> None:
    with pytest.raises(ValidationError) as refused:
        bookings.add_booking(ProductionFactory().pk, 987654321, by=coordinator)
    assert list(refused.value.message_dict) == ["crew_member"]
    with pytest.raises(Production.DoesNotExist):
        bookings.add_booking(987654321, CrewMemberFactory().pk, by=coordinator)


def test_who_is_released_is_free_and_the_place_is_open(coordinator: User, actor: Role) -> None:
    hired(actor, "Ada")
    written = schedule(coordinator, 6, 17, {"Actor": 1})
    bookings.remove_booking(written.pk, written.booked[0]["id"], by=coordinator)
    assert productions.shown(written.pk)["open_requirements"] == {"Actor": 1}
    assert names(schedule(coordinator, 6, 17, {"Actor": 1})) == ["Ada"]


def test_a_booking_of_another_production_or_time_off_is_not_removed_here(coordinator: User) -> None:
    booking = BookingFactory()
    with pytest.raises(Booking.DoesNotExist):
        bookings.remove_booking(ProductionFactory().pk, booking.pk, by=coordinator)
    with pytest.raises(Booking.DoesNotExist):
        bookings.cancel_time_off(booking.crew_member_id, booking.pk, by=coordinator)


def test_cancelling_a_production_releases_everybody(coordinator: User, actor: Role) -> None:
    hired(actor, "Ada", "Ben")
    written = schedule(coordinator, 6, 17, {"Actor": 2})
    gone = productions.cancel_production(written.pk, by=coordinator)
    assert [booking["crew_member"]["full_name"] for booking in gone.released] == ["Ada", "Ben"]
    assert not Booking.objects.exists()
    assert names(schedule(coordinator, 6, 17, {"Actor": 2})) == ["Ada", "Ben"]


def test_time_off_is_a_booking_without_a_production(coordinator: User) -> None:
    ada = CrewMemberFactory()
    row = bookings.book_time_off(
        ada.pk, by=coordinator, start=date(2030, 5, 6), end=date(2030, 5, 6), reason="Wedding"
    ).row
    assert (row["production"], row["role"], row["reason"]) == (None, None, "Wedding")


def test_time_off_is_refused_to_who_is_bound(coordinator: User) -> None:
    booking = booked(CrewMemberFactory(), 10, 20)
    with pytest.raises(PersonBound):
        off(coordinator, booking.crew_member, 20, 25)


@pytest.mark.parametrize(("first", "last"), [(1, 6), (16, 17)])
def test_time_off_beyond_the_contract_is_refused(first: int, last: int, coordinator: User) -> None:
    ada = CrewMemberFactory(employment=may(2, 16))
    with pytest.raises(OutsideContract):
        off(coordinator, ada, first, last)


def test_time_off_that_is_taken_back_leaves_the_person_free(coordinator: User) -> None:
    ada = CrewMemberFactory()
    bookings.cancel_time_off(ada.pk, off(coordinator, ada, 6, 17).pk, by=coordinator)
    assert off(coordinator, ada, 6, 17).pk


@pytest.mark.parametrize(("start", "end"), [(date(2030, 5, 7), date(2030, 5, 6)), (date(2030, 5, 7), date.max)])
def test_time_off_that_ends_before_it_begins_or_never_is_refused(start: date, end: date, coordinator: User) -> None:
    with pytest.raises(ValidationError) as refused:
        bookings.book_time_off(CrewMemberFactory().pk, by=coordinator, start=start, end=end)
    assert list(refused.value.message_dict) == ["end"]


def test_a_reason_that_is_too_long_is_refused_and_leaves_nothing(coordinator: User) -> None:
    ada = CrewMemberFactory()
    before = everything()
    with pytest.raises(ValidationError, match="reason"):
        bookings.book_time_off(ada.pk, by=coordinator, start=date(2030, 5, 6), end=date(2030, 5, 6), reason="x" * 201)
    assert everything() == before


def test_time_off_in_the_first_year_and_in_the_last(coordinator: User) -> None:
    ada = CrewMemberFactory(employment=days(date.min, date(9999, 12, 30)))
    for day in (date.min, date(9999, 12, 30)):
        assert bookings.book_time_off(ada.pk, by=coordinator, start=day, end=day).row["start"] == day


def test_who_was_ever_booked_is_not_deleted(coordinator: User) -> None:
    booking = BookingFactory()
    with pytest.raises(StillHolds, match="bookings: 1"):
        people.delete_member(booking.crew_member_id, by=coordinator)


@pytest.mark.security
def test_a_supervisor_books_and_releases_nobody(supervisor: User) -> None:
    booking = BookingFactory()
    day = date(2032, 5, 6)
    with pytest.raises(NotAllowed):
        bookings.add_booking(booking.production_id, CrewMemberFactory().pk, by=supervisor)
    with pytest.raises(NotAllowed):
        bookings.remove_booking(booking.production_id, booking.pk, by=supervisor)
    with pytest.raises(NotAllowed):
        bookings.book_time_off(booking.crew_member_id, by=supervisor, start=day, end=day)
    with pytest.raises(NotAllowed):
        bookings.cancel_time_off(booking.crew_member_id, booking.pk, by=supervisor)
