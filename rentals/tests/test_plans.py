"""What the desk, a customer's page and the lists ask has an index that serves it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from config.accounts.models import User
from rentals.models import BestCustomer, Charge, Customer, Hold, Inventory, OverdueRental, Payment, Rental
from rentals.tests.factories import ChargeFactory, HoldFactory, PaymentFactory, RentalFactory

pytestmark = [pytest.mark.performance, pytest.mark.django_db]
NOW = timezone.now()
LISTS: dict[str, Callable[[User], QuerySet[Any]]] = {
    "rentals, by number": lambda user: Rental.objects.order_by("pk"),
    "rentals, the newest first": lambda user: Rental.objects.order_by("-rental_date", "-pk"),
    "what is out": lambda user: Rental.objects.open().order_by("pk"),
    "what is overdue": lambda user: Rental.objects.overdue(NOW).order_by("due_date", "pk"),
    "the report of what is overdue": lambda user: OverdueRental.objects.all().visible_to(user),
    "a customer's rentals": lambda user: Rental.objects.filter(customer=1).order_by("-pk"),
    "what a customer has": lambda user: Rental.objects.open().filter(customer=1).order_by("pk"),
    "a copy's rentals": lambda user: Rental.objects.filter(inventory=1),
    "a film's copies": lambda user: Inventory.objects.filter(film=1).order_by("pk"),
    "a film's free copies": lambda user: Inventory.objects.filter(film=1).free().order_by("pk"),
    "a store's copies": lambda user: Inventory.objects.filter(store=1, film=1),
    "a film's queue": lambda user: Hold.objects.filter(film=1).order_by("pk"),
    "holds whose time is over": lambda user: Hold.objects.over(NOW).order_by("pk"),
    "a customer's payments": lambda user: Payment.objects.filter(customer=1).order_by("-pk"),
    "a customer's charges": lambda user: Charge.objects.filter(customer=1).order_by("-pk"),
    "customers by name": lambda user: Customer.objects.order_by("last_name", "first_name", "pk"),
    "customers by words": lambda user: Customer.objects.matching("bell"),
}


def plan_of(queryset: QuerySet[Any], *off: str) -> str:
    """How PostgreSQL answers when it may read a table as a whole, or do what is `off`, only where it must."""
    rental = RentalFactory()
    for make in (HoldFactory, PaymentFactory):
        make(customer=rental.customer)
    ChargeFactory(rental=rental)
    with connection.cursor() as cursor:
        for way in ("seqscan", *off):
            cursor.execute(f"SET LOCAL enable_{way} = off")
    plan: str = queryset.explain()
    return plan


@pytest.mark.parametrize("name", LISTS)
def test_a_page_is_read_from_an_index(name: str, clerk: User) -> None:
    plan = plan_of(LISTS[name](clerk).values("pk")[:50])
    assert "Seq Scan" not in plan
    assert "Index" in plan


@pytest.mark.parametrize("name", [*LISTS][:7])
def test_an_ordered_page_is_read_in_the_order_of_an_index(name: str, clerk: User) -> None:
    assert "Sort" not in plan_of(LISTS[name](clerk).values("pk")[:50], "bitmapscan")


def test_a_balance_is_read_from_indexes_alone(clerk: User) -> None:
    plan = plan_of(Customer.objects.filter(pk=1).with_balance(), "bitmapscan")
    assert "Index Only Scan using charge_of_customer" in plan
    assert "Index Only Scan using payment_of_customer" in plan


def test_the_best_customers_are_counted_in_an_index(clerk: User) -> None:
    plan = plan_of(BestCustomer.objects.all().visible_to(clerk).values("pk")[:50], "bitmapscan")
    assert "Index Only Scan using payment_of_customer" in plan
