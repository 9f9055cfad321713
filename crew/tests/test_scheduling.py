"""Scheduling a production: who is booked, and that it is all or nothing."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from config.accounts.models import User
from crew.errors import CrewUnavailable
from crew.models import Booking, Production, Role
from crew.services import productions
from crew.tests.factories import BookingFactory, CrewMemberFactory, RoleFactory, days
from crew.tests.jobs import booked, everything, may, names, off, people, schedule
from pipeline.errors import NotAllowed

pytestmark = pytest.mark.django_db


def test_as_many_of_each_role_are_booked_as_are_required(coordinator: User, director: Role, actor: Role) -> None:
    people(director, "Dora", "Dan")
    people(actor, "Ada", "Ben", "Cleo", "Dee")
    written = schedule(coordinator, 6, 17, {"Director": 1, "Actor": 3})
    assert written.row["requirements"] == {"Actor": 3, "Director": 1}
    assert [booking["role"] for booking in written.row["bookings"]] == ["Director", "Actor", "Actor", "Actor"]
    assert (written.row["open_requirements"], written.row["bookings_count"]) == ({}, 4)


def test_everybody_is_bound_from_the_first_to_the_last_day(coordinator: User, director: Role) -> None:
    people(director, "Dora")
    schedule(coordinator, 6, 17, {"Director": 1})
    booking = Booking.objects.get()
    assert (booking.start, booking.end) == (date(2030, 5, 6), date(2030, 5, 17))


def test_a_production_without_requirements_books_nobody(coordinator: User) -> None:
    CrewMemberFactory()
    assert schedule(coordinator, 6, 17).row["bookings"] == []


@pytest.mark.parametrize(("first", "last"), [(1, 6), (17, 31), (8, 9), (1, 31), (6, 17)])
def test_who_is_bound_on_any_of_the_days_is_not_booked(
    first: int, last: int, coordinator: User, director: Role
) -> None:
    booked(people(director, "Dora")[0], first, last)
    with pytest.raises(CrewUnavailable):
        schedule(coordinator, 6, 17, {"Director": 1})


@pytest.mark.parametrize(("first", "last"), [(1, 5), (18, 31)])
def test_who_is_free_again_the_day_before_or_bound_the_day_after_is_booked(
    first: int, last: int, coordinator: User, director: Role
) -> None:
    booked(people(director, "Dora")[0], first, last)
    assert names(schedule(coordinator, 6, 17, {"Director": 1})) == ["Dora"]


def test_who_is_off_is_not_booked(coordinator: User, director: Role) -> None:
    off(coordinator, people(director, "Dora")[0], 17, 20)
    with pytest.raises(CrewUnavailable):
        schedule(coordinator, 6, 17, {"Director": 1})


@pytest.mark.parametrize("employment", [may(7, 31), may(1, 16), days(date(2020, 1, 1), date(2029, 12, 31))])
def test_who_is_not_under_contract_on_each_of_the_days_is_not_booked(
    employment: object, coordinator: User, director: Role
) -> None:
    people(director, "Dora", employment=employment)
    with pytest.raises(CrewUnavailable):
        schedule(coordinator, 6, 17, {"Director": 1})


def test_the_first_and_the_last_day_of_a_contract_can_be_worked(coordinator: User, director: Role) -> None:
    people(director, "Dora", employment=may(6, 17))
    assert names(schedule(coordinator, 6, 17, {"Director": 1})) == ["Dora"]


def test_only_people_of_the_role_are_booked(coordinator: User, director: Role, actor: Role) -> None:
    people(actor, "Ada")
    with pytest.raises(CrewUnavailable):
        schedule(coordinator, 6, 17, {"Director": 1})


def test_one_shortage_leaves_nothing_behind(coordinator: User, director: Role, actor: Role) -> None:
    people(director, "Dora")
    people(actor, "Ada")
    before = everything()
    with pytest.raises(CrewUnavailable):
        schedule(coordinator, 6, 17, {"Director": 1, "Actor": 2})
    assert everything() == before


def test_gaps_are_left_open_when_they_are_allowed(coordinator: User, director: Role, actor: Role) -> None:
    people(actor, "Ada")
    written = schedule(coordinator, 6, 17, {"Director": 1, "Actor": 3}, allow_gaps=True)
    assert names(written) == ["Ada"]
    assert written.row["open_requirements"] == {"Actor": 2, "Director": 1}


def test_open_requirements_are_staffed_later(coordinator: User, director: Role) -> None:
    people(director, "Dora")
    gapped = schedule(coordinator, 6, 17, {"Director": 2}, allow_gaps=True)
    people(director, "Dan")
    written = productions.staff_production(gapped.pk, by=coordinator)
    assert names(written) == ["Dora", "Dan"]
    assert [booking["crew_member"]["full_name"] for booking in written.booked] == ["Dan"]


def test_staffing_what_nobody_can_do_is_refused(coordinator: User, director: Role) -> None:
    gapped = schedule(coordinator, 6, 17, {"Director": 1}, allow_gaps=True)
    with pytest.raises(CrewUnavailable):
        productions.staff_production(gapped.pk, by=coordinator)
    assert productions.staff_production(gapped.pk, by=coordinator, allow_gaps=True).row["bookings"] == []


def test_a_role_is_named_regardless_of_case_or_by_its_id(coordinator: User, director: Role) -> None:
    people(director, "Dora", "Dan")
    assert schedule(coordinator, 1, 2, {"DIRECTOR": 1}).row["requirements"] == {"Director": 1}
    start = date(2030, 5, 3)
    written = productions.schedule_production(
        "By id", by=coordinator, start=start, end=start, requirements={director.pk: 1}
    )
    assert written.row["requirements"] == {"Director": 1}


def test_a_role_is_named_as_the_database_compares_names(coordinator: User) -> None:
    people(RoleFactory(name="Straßenbauer"), "Dora")
    assert names(schedule(coordinator, 6, 17, {"straßenbauer": 1})) == ["Dora"]


@pytest.mark.parametrize("key", ["Gaffer", "", "Director ", 987654321, 2**63, -1])
def test_an_unknown_role_is_refused(key: str | int, coordinator: User, director: Role) -> None:
    with pytest.raises(ValidationError, match="There is no role") as refused:
        schedule(coordinator, 6, 17, {key: 1})  # type: ignore[dict-item]
    assert list(refused.value.message_dict) == ["requirements"]
    assert not Production.objects.exists()


def test_a_role_that_is_named_twice_is_refused(coordinator: User, director: Role) -> None:
    with pytest.raises(ValidationError, match="named twice"):
        schedule(coordinator, 6, 17, {"Director": 1, "director": 2})


@pytest.mark.parametrize("count", [0, -1, 1001, 10_000, 2**63, True, 1.0, "1", None])
def test_a_number_that_is_none_from_1_to_1000_is_refused(count: object, coordinator: User, director: Role) -> None:
    with pytest.raises(ValidationError, match="1 to 1000") as refused:
        schedule(coordinator, 6, 17, {"Director": count})  # type: ignore[dict-item]
    assert list(refused.value.message_dict) == ["requirements"]


@pytest.mark.parametrize(("first", "last"), [(date.min, date.min), (date.min, date(9999, 12, 30))])
def test_the_first_and_the_last_years_are_years_like_others(
    first: date, last: date, coordinator: User, director: Role
) -> None:
    people(director, "Dora", employment=days(date.min, date(9999, 12, 30)))
    written = productions.schedule_production(
        "For ever", by=coordinator, start=first, end=last, requirements={"Director": 1}
    )
    assert (written.row["start"], written.row["end"], names(written)) == (first, last, ["Dora"])


@pytest.mark.parametrize(("first", "last"), [(date.min, date(1, 1, 9)), (date(9999, 12, 20), date(9999, 12, 30))])
def test_a_shortage_at_the_ends_of_time_is_a_shortage(
    first: date, last: date, coordinator: User, director: Role
) -> None:
    dora = people(director, "Dora", employment=days(date.min, date(9999, 12, 30)))[0]
    BookingFactory(crew_member=dora, production=None, period=days(first, last))
    with pytest.raises(CrewUnavailable):
        productions.schedule_production("Again", by=coordinator, start=first, end=last, requirements={"Director": 1})


@pytest.mark.security
def test_a_supervisor_schedules_nothing(supervisor: User) -> None:
    with pytest.raises(NotAllowed):
        schedule(supervisor, 6, 17)
