from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from catalog.tests.factories import CategoryFactory, FilmFactory
from config.accounts.models import User
from config.accounts.tests.factories import UserFactory
from pipeline.api.statements import counted_pages
from rentals.models import BestCustomer, Inventory, OverdueRental, Rental
from rentals.querysets import BY, revenue
from rentals.tests.factories import (
    NOON,
    CustomerFactory,
    InventoryFactory,
    PaymentFactory,
    RentalFactory,
    StoreFactory,
)

pytestmark = pytest.mark.django_db
# The database tells the time to readers, so the tests stand in the present.
NOW = timezone.now()
DAY = timedelta(days=1)


def due(days_ago: float, **columns: Any) -> Rental:
    rental: Rental = RentalFactory(rental_date=NOW - 30 * DAY, due_date=NOW - days_ago * DAY, **columns)
    return rental


def paid(amount: str, inventory: Inventory | None = None, **columns: Any) -> None:
    rental = RentalFactory(inventory=inventory, return_date=NOON) if inventory else None
    customer = {"customer": rental.customer, "rental": rental} if rental else {}
    PaymentFactory(amount=Decimal(amount), **(customer | columns))


@pytest.mark.sanity
def test_late_rentals_stand_in_the_order_of_their_days_with_what_they_cost_so_far(clerk: User) -> None:
    short, long = due(0.5), due(2.5)
    due(-1)
    due(3, return_date=NOW)
    rows = list(OverdueRental.objects.all().visible_to(clerk).as_rows())
    assert [(row["rental_id"], row["days_late"], row["late_fee"]) for row in rows] == [
        (long.pk, 3, "3.00"),
        (short.pk, 1, "1.00"),
    ]


def test_a_late_row_says_who_to_call(clerk: User) -> None:
    rental = due(1)
    [row] = OverdueRental.objects.all().visible_to(clerk).as_rows()
    assert row["customer_name"] == str(rental.customer)
    assert (row["email"], row["phone"]) == (rental.customer.email, "555 0100")
    assert (row["title"], row["store_id"]) == (rental.inventory.film.title, rental.inventory.store_id)


def test_revenue_by_month_is_that_of_utc() -> None:
    paid("1.00", payment_date=NOON.replace(month=1, day=31, hour=23, minute=59))
    paid("2.00", payment_date=NOON.replace(month=2, day=1, hour=0, minute=0))
    paid("0.50", payment_date=NOON.replace(month=2, day=28))
    assert revenue("month") == [
        {"month": "2030-01", "payments": 1, "revenue": "1.00"},
        {"month": "2030-02", "payments": 2, "revenue": "2.50"},
    ]


def test_revenue_by_store_is_of_the_copys_store_or_else_of_the_customers() -> None:
    lending, own = StoreFactory(), StoreFactory()
    paid("2.00", InventoryFactory(store=lending))
    paid("3.00", customer=CustomerFactory(store=own))
    assert revenue("store") == [
        {"store": lending.pk, "payments": 1, "revenue": "2.00"},
        {"store": own.pk, "payments": 1, "revenue": "3.00"},
    ]


def test_in_each_of_its_categories_a_film_counts_in_full() -> None:
    heist, noir = CategoryFactory(name="Heist"), CategoryFactory(name="Noir")
    paid("2.00", InventoryFactory(film=FilmFactory(categories=[heist, noir])))
    paid("1.00", InventoryFactory(film=FilmFactory(categories=[noir])))
    paid("0.25")
    found = [(row["category"], row["revenue"]) for row in revenue("category")]
    assert found == [("Noir", "3.00"), ("Heist", "2.00"), (None, "0.25")]


@pytest.mark.parametrize("by", BY)
def test_refunds_are_taken_off(by: Any) -> None:
    copy = InventoryFactory()
    paid("5.00", copy)
    rental = Rental.objects.get()
    PaymentFactory(customer=rental.customer, rental=rental, amount=Decimal("-1.50"))
    assert [row["revenue"] for row in revenue(by)] == ["3.50"]


@pytest.mark.parametrize("by", BY)
def test_where_nothing_was_paid_there_is_no_revenue(by: Any, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        assert revenue(by) == []


def test_the_best_customers_come_first_and_who_paid_nothing_is_none_of_them(clerk: User) -> None:
    good, best = CustomerFactory(), CustomerFactory()
    CustomerFactory()
    paid("5.00", customer=good)
    paid("3.00", customer=best)
    paid("3.00", customer=best)
    rows = list(BestCustomer.objects.all().visible_to(clerk).as_rows())
    assert [(row["customer_id"], row["paid"]) for row in rows] == [(best.pk, "6.00"), (good.pk, "5.00")]


def test_a_best_customer_comes_with_the_rentals(clerk: User) -> None:
    paid("5.00", InventoryFactory())
    [row] = BestCustomer.objects.all().visible_to(clerk).as_rows()
    assert (row["rentals_count"], row["last_rental_date"]) == (1, NOON)


@pytest.mark.performance
@pytest.mark.parametrize("report", [OverdueRental, BestCustomer])
def test_a_page_of_a_report_is_one_statement(report: Any, clerk: User, django_assert_num_queries: Any) -> None:
    for _ in range(3):
        rental = due(1)
        paid("1.00", customer=rental.customer)
    listed = report.objects.all().visible_to(clerk)
    with django_assert_num_queries(1):
        [page] = counted_pages(listed, limit=2)
    assert page.total == 3


@pytest.mark.security
@pytest.mark.parametrize("report", [OverdueRental, BestCustomer])
def test_reports_are_for_producers_and_clerks(report: Any, producer: User) -> None:
    rental = due(1)
    paid("1.00", customer=rental.customer)
    assert report.objects.all().visible_to(producer).exists()
    assert not report.objects.all().visible_to(UserFactory(roles=["supervisor"])).exists()
