from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db.backends.postgresql.psycopg_any import DateRange
from hypothesis import given
from hypothesis import strategies as st

from config.accounts.models import User
from config.accounts.tests.factories import UserFactory
from crew.errors import AccountTaken
from crew.models import CrewMember
from crew.services import days, people
from crew.tests.factories import CrewMemberFactory, RoleFactory
from pipeline.errors import NotAllowed, StaleVersion

pytestmark = pytest.mark.django_db
SPRING = date(2030, 3, 1)
SUMMER = date(2030, 8, 31)


def hire(by: User, **fields: Any) -> CrewMember:
    given: dict[str, Any] = {"full_name": "Ada Crew", "role": RoleFactory(), "hire_date": SPRING} | fields
    return CrewMember.objects.get(pk=people.hire_member(by=by, **given).pk)


def test_who_is_hired_is_under_contract_on_the_first_and_on_the_last_day(coordinator: User) -> None:
    member = hire(coordinator, fire_date=SUMMER)
    assert CrewMember.objects.employed_on(SPRING).get() == member
    assert CrewMember.objects.employed_on(SUMMER).get() == member
    assert not CrewMember.objects.employed_on(date(2030, 9, 1)).exists()


def test_a_contract_of_one_day_is_a_contract(coordinator: User) -> None:
    member = hire(coordinator, fire_date=SPRING)
    assert (member.hire_date, member.fire_date) == (SPRING, SPRING)


@pytest.mark.parametrize("fire_date", [None, date.max])
def test_a_contract_without_an_end_or_until_the_year_9999_is_open_ended(
    fire_date: date | None, coordinator: User
) -> None:
    member = hire(coordinator, fire_date=fire_date)
    assert (member.employment.upper, member.fire_date) == (None, None)


def test_a_contract_that_ends_before_it_begins_is_refused(coordinator: User) -> None:
    with pytest.raises(ValidationError, match="fire_date"):
        hire(coordinator, fire_date=date(2030, 2, 28))


def test_a_contract_without_a_first_day_is_refused(coordinator: User) -> None:
    with pytest.raises(ValidationError, match="hire_date"):
        hire(coordinator, hire_date=None)


@given(hire_date=st.dates(), fire_date=st.none() | st.dates())
@pytest.mark.unit
def test_every_pair_of_days_is_a_range_that_can_be_stored_or_refused(hire_date: date, fire_date: date | None) -> None:
    try:
        found = days.employment(hire_date, fire_date)
    except ValidationError:
        assert fire_date is not None
        assert fire_date < hire_date
    else:
        assert found.upper is None or found.upper > hire_date


@pytest.mark.parametrize("hire_date", [date.min, date.max])
def test_the_first_and_the_last_day_that_there_is_can_be_read_back(hire_date: date, coordinator: User) -> None:
    member = hire(coordinator, hire_date=hire_date)
    assert member.hire_date == hire_date


def test_the_day_before_the_last_one_can_be_read_back(coordinator: User) -> None:
    member = hire(coordinator, fire_date=date(9999, 12, 30))
    assert member.fire_date == date(9999, 12, 30)


def test_ending_a_contract_leaves_its_first_day(coordinator: User) -> None:
    member = CrewMemberFactory(employment=DateRange(SPRING, None))
    people.change_member(member.pk, by=coordinator, fire_date=SUMMER)
    member.refresh_from_db()
    assert (member.hire_date, member.fire_date) == (SPRING, SUMMER)


def test_none_for_the_last_day_opens_the_contract_again(coordinator: User) -> None:
    member = CrewMemberFactory(employment=DateRange(SPRING, SUMMER))
    assert people.change_member(member.pk, by=coordinator, fire_date=None).row["fire_date"] is None


def test_a_new_name_leaves_the_contract(coordinator: User) -> None:
    member = CrewMemberFactory(employment=DateRange(SPRING, SUMMER))
    people.change_member(member.pk, by=coordinator, full_name="Ada Lovelace")
    assert CrewMember.objects.get(full_name="Ada Lovelace").employment == DateRange(SPRING, SUMMER)


def test_moving_the_first_day_behind_the_last_one_is_refused(coordinator: User) -> None:
    member = CrewMemberFactory(employment=DateRange(SPRING, SUMMER))
    with pytest.raises(ValidationError, match="fire_date"):
        people.change_member(member.pk, by=coordinator, hire_date=date(2031, 1, 1))


def test_a_change_of_somebody_who_was_changed_meanwhile_is_refused(coordinator: User) -> None:
    member = CrewMemberFactory()
    people.change_member(member.pk, by=coordinator, full_name="Ada Lovelace")
    with pytest.raises(StaleVersion):
        people.change_member(member.pk, by=coordinator, expected_version=member.row_version, full_name="Bea")


def test_a_producer_sets_day_rates(producer: User) -> None:
    member = hire(producer, day_rate=Decimal("500.00"))
    assert people.change_member(member.pk, by=producer, day_rate=Decimal("550.50")).row["day_rate"] == "550.50"


@pytest.mark.security
def test_a_coordinator_sets_no_day_rate(coordinator: User) -> None:
    with pytest.raises(NotAllowed):
        hire(coordinator, day_rate=Decimal(500))
    with pytest.raises(NotAllowed):
        people.change_member(CrewMemberFactory().pk, by=coordinator, day_rate=None)


def test_a_day_rate_below_nothing_is_refused(producer: User) -> None:
    with pytest.raises(ValidationError, match="day_rate"):
        hire(producer, day_rate=Decimal(-1))


def test_an_account_is_one_persons_at_most(coordinator: User) -> None:
    account = UserFactory()
    CrewMemberFactory(user=account)
    with pytest.raises(AccountTaken):
        hire(coordinator, user=account)


@pytest.mark.security
def test_a_supervisor_neither_hires_nor_changes_nor_deletes_anybody(supervisor: User) -> None:
    member = CrewMemberFactory()
    with pytest.raises(NotAllowed):
        hire(supervisor)
    with pytest.raises(NotAllowed):
        people.change_member(member.pk, by=supervisor, full_name="Bea")
    with pytest.raises(NotAllowed):
        people.delete_member(member.pk, by=supervisor)


def test_somebody_to_whom_nothing_is_assigned_is_deleted(coordinator: User) -> None:
    member = CrewMemberFactory(user=UserFactory())
    people.delete_member(member.pk, by=coordinator)
    assert not CrewMember.objects.exists()
