from contextlib import nullcontext
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.models import Film
from catalog.tests.factories import FilmFactory
from catalog.tests.test_tables import asked, columns_of, migrated
from config.accounts.models import User
from pipeline.errors import NotAllowed
from rentals.errors import CustomerInactive, SubscriptionOverlaps
from rentals.models import Customer, StreamingSubscription
from rentals.services.subscriptions import change_subscription, delete_subscription, may_stream, subscribe
from rentals.tests.factories import CustomerFactory, SubscriptionFactory

pytestmark = pytest.mark.django_db
FIRST, LAST = date(2030, 5, 1), date(2030, 5, 31)
DAY = timedelta(days=1)


def plan(by: User, customer: Customer | None = None, **fields: Any) -> StreamingSubscription:
    given_fields: dict[str, Any] = {"plan_name": "Everything", "start_date": FIRST, "end_date": LAST} | fields
    return subscribe((customer or CustomerFactory()).pk, by=by, **given_fields)


@pytest.mark.sanity
def test_the_first_and_the_last_day_are_both_days_of_the_plan(clerk: User) -> None:
    row = plan(clerk)
    for day, runs in ((FIRST - DAY, False), (FIRST, True), (LAST, True), (LAST + DAY, False)):
        assert row.customer.subscriptions.running(day).exists() is runs


@pytest.mark.parametrize("end_date", [None, date.max])
def test_a_plan_without_an_end_has_none(clerk: User, end_date: date | None) -> None:
    row = plan(clerk, end_date=end_date)
    row.refresh_from_db()
    assert row.end_date is None


@pytest.mark.parametrize(
    ("start_date", "end_date"),
    [(LAST, None), (LAST, LAST), (FIRST - DAY, FIRST), (FIRST - DAY, None), (FIRST + DAY, LAST - DAY)],
)
def test_two_plans_on_one_day_are_refused_with_the_one_that_is_there(
    clerk: User, start_date: date, end_date: date | None
) -> None:
    there = plan(clerk)
    with pytest.raises(SubscriptionOverlaps) as caught:
        plan(clerk, there.customer, start_date=start_date, end_date=end_date)
    assert caught.value.facts["subscription"]["id"] == there.pk


def test_a_plan_begins_on_the_day_after_the_other(clerk: User) -> None:
    there = plan(clerk)
    assert plan(clerk, there.customer, start_date=LAST + DAY, end_date=None).pk


def test_customers_do_not_get_in_each_others_way(clerk: User) -> None:
    plan(clerk)
    assert plan(clerk).pk


def test_dates_the_wrong_way_round_are_refused(clerk: User) -> None:
    with pytest.raises(ValidationError, match="end_date"):
        plan(clerk, end_date=FIRST - DAY)
    assert not StreamingSubscription.objects.exists()


@pytest.mark.parametrize("name", ["", "x" * 101])
def test_a_plan_has_a_name_of_a_hundred_letters_at_most(clerk: User, name: str) -> None:
    with pytest.raises(ValidationError, match="plan_name"):
        plan(clerk, plan_name=name)


def test_an_inactive_customer_subscribes_to_nothing(clerk: User) -> None:
    with pytest.raises(CustomerInactive):
        plan(clerk, CustomerFactory(active=0))


def test_a_plan_is_ended_and_moved(clerk: User) -> None:
    row = plan(clerk, end_date=None)
    assert change_subscription(row.pk, by=clerk, end_date=LAST).end_date == LAST
    other = plan(clerk, row.customer, start_date=LAST + DAY, end_date=None)
    with pytest.raises(SubscriptionOverlaps):
        change_subscription(other.pk, by=clerk, start_date=LAST)


def test_a_plan_that_was_a_mistake_is_deleted(clerk: User) -> None:
    delete_subscription(plan(clerk).pk, by=clerk)
    assert not StreamingSubscription.objects.exists()


def test_a_film_that_is_offered_streams_to_who_has_a_plan(clerk: User) -> None:
    row, film = plan(clerk), FilmFactory(streaming_available=True)
    found = may_stream(film.pk, customer_id=row.customer_id, on=LAST)
    assert (found.may_stream, found.reason) == (True, "The plan Everything runs.")


@pytest.mark.parametrize(
    ("offered", "active", "on", "reason"),
    [(False, 1, LAST, "not offered"), (True, 0, LAST, "not active"), (True, 1, LAST + DAY, "no subscription")],
)
def test_who_may_not_stream_is_told_why(offered: bool, active: int, on: date, reason: str) -> None:
    film = FilmFactory(streaming_available=offered)
    row = SubscriptionFactory(customer__active=active, start_date=FIRST, end_date=LAST)
    found = may_stream(film.pk, customer_id=row.customer_id, on=on)
    assert not found.may_stream
    assert reason in found.reason


def test_an_unknown_film_or_customer_is_missing() -> None:
    with pytest.raises(Film.DoesNotExist):
        may_stream(0, customer_id=CustomerFactory().pk)
    with pytest.raises(Customer.DoesNotExist):
        may_stream(FilmFactory().pk, customer_id=0)


@pytest.mark.security
def test_a_producer_subscribes_nobody(producer: User) -> None:
    with pytest.raises(NotAllowed):
        plan(producer)


def test_the_database_lets_no_two_plans_run_at_a_time() -> None:
    row = SubscriptionFactory()
    with pytest.raises(IntegrityError, match="streaming_subscription_one_at_a_time"):
        SubscriptionFactory(customer=row.customer, start_date=date(2031, 1, 1))


periods = st.tuples(st.dates(date(2030, 1, 1), date(2030, 3, 1)), st.none() | st.integers(0, 40))


@given(first=periods, second=periods)
@settings(deadline=None, max_examples=50)
def test_what_the_constraint_takes_is_what_does_not_overlap(first: Any, second: Any) -> None:
    customer = CustomerFactory()
    there, wanted = ((start, None if days is None else start + timedelta(days=days)) for start, days in (first, second))
    SubscriptionFactory(customer=customer, start_date=there[0], end_date=there[1])
    overlaps = customer.subscriptions.overlapping(*wanted).exists()
    refusal = pytest.raises(IntegrityError) if overlaps else nullcontext()
    with refusal, transaction.atomic():
        SubscriptionFactory(customer=customer, start_date=wanted[0], end_date=wanted[1])


def test_subscriptions_come_on_top_of_pagilas_tables() -> None:
    migrated("rentals", "0003_range_indexes")
    assert columns_of("streaming_subscription") == []
    migrated("rentals", "0004_streaming_subscription")
    assert set(columns_of("streaming_subscription")) >= {"customer_id", "plan_name", "start_date", "end_date"}
    assert asked("SELECT count(*) FROM streaming_subscription") == [(0,)]
