from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from catalog.tests.factories import FilmFactory
from config.accounts.models import User
from pipeline.errors import NotAllowed
from rentals.errors import CopyNotLent, CopyOut, CustomerInactive
from rentals.models import Customer, Inventory, Rental
from rentals.services.customers import change_customer
from rentals.services.lending import check_out_copy
from rentals.tests.factories import NOON, CustomerFactory, InventoryFactory, RentalFactory, StaffFactory

pytestmark = pytest.mark.django_db


def rent(by: User, copy: Inventory, customer: Customer | None = None, **options: Any) -> Rental:
    customer = customer or CustomerFactory()
    given: dict[str, Any] = {"inventory_id": copy.pk, "staff_id": copy.store.manager_staff_id, "at": NOON} | options
    return check_out_copy(customer.pk, by=by, **given)


@pytest.mark.sanity
def test_a_copy_is_due_after_the_days_of_its_film(clerk: User) -> None:
    rental = rent(clerk, InventoryFactory(film__rental_duration=5))
    assert (rental.rental_date, rental.due_date, rental.return_date) == (NOON, NOON + timedelta(days=5), None)
    assert Rental.objects.open().get() == rental


def test_any_clerk_lends_any_stores_copy(clerk: User) -> None:
    elsewhere = StaffFactory()
    assert rent(clerk, InventoryFactory(), staff_id=elsewhere.pk).staff == elsewhere


def test_nothing_is_charged_yet(clerk: User) -> None:
    rental = rent(clerk, InventoryFactory())
    assert not rental.charges.exists()


def test_a_copy_that_is_out_is_refused_with_the_facts(clerk: User) -> None:
    rental = RentalFactory()
    other = InventoryFactory(film=rental.inventory.film)
    with pytest.raises(CopyOut) as caught:
        rent(clerk, rental.inventory)
    assert caught.value.facts == {
        "inventory_id": rental.inventory_id,
        "rented_since": NOON,
        "due_date": rental.due_date,
        "next_free_inventory_id": other.pk,
    }


def test_the_free_copy_of_the_same_store_is_named_first(clerk: User) -> None:
    rental = RentalFactory()
    InventoryFactory(film=rental.inventory.film)
    near = InventoryFactory(film=rental.inventory.film, store=rental.inventory.store)
    with pytest.raises(CopyOut) as caught:
        rent(clerk, rental.inventory)
    assert caught.value.facts["next_free_inventory_id"] == near.pk


@pytest.mark.parametrize("others", ["none", "of another film", "lost", "out"])
def test_where_no_copy_is_free_none_is_named(clerk: User, others: str) -> None:
    rental = RentalFactory()
    film = FilmFactory() if others == "of another film" else rental.inventory.film
    if others != "none":
        other = InventoryFactory(film=film, state="lost" if others == "lost" else "available")
        if others == "out":
            RentalFactory(inventory=other)
    with pytest.raises(CopyOut) as caught:
        rent(clerk, rental.inventory)
    assert caught.value.facts["next_free_inventory_id"] is None


@pytest.mark.parametrize("state", ["lost", "retired"])
def test_a_copy_that_is_not_there_any_more_is_refused(clerk: User, state: str) -> None:
    with pytest.raises(CopyNotLent, match=state):
        rent(clerk, InventoryFactory(state=state))
    assert not Rental.objects.exists()


@pytest.mark.parametrize("columns", [{"active": 0}, {"activebool": False}])
def test_an_inactive_customer_is_refused(clerk: User, columns: dict[str, Any]) -> None:
    with pytest.raises(CustomerInactive):
        rent(clerk, InventoryFactory(), CustomerFactory(**columns))


def test_a_customer_who_is_active_again_rents(clerk: User) -> None:
    customer = CustomerFactory(active=0)
    change_customer(customer.pk, by=clerk, active=True)
    assert rent(clerk, InventoryFactory(), customer).customer == customer


@pytest.mark.parametrize("field", ["inventory_id", "staff_id"])
def test_an_unknown_copy_or_clerk_is_named(clerk: User, field: str) -> None:
    wrong: dict[str, Any] = {field: 2_000_000_000}
    with pytest.raises(ValidationError, match=field):
        rent(clerk, InventoryFactory(), **wrong)


def test_a_clerk_who_left_lends_nothing(clerk: User) -> None:
    with pytest.raises(ValidationError, match="staff_id"):
        rent(clerk, InventoryFactory(), staff_id=StaffFactory(active=False).pk)


@pytest.mark.parametrize("customer_id", [0, -1, 2_000_000_000])
def test_an_unknown_customer_is_missing(clerk: User, customer_id: int) -> None:
    copy = InventoryFactory()
    with pytest.raises(Customer.DoesNotExist):
        check_out_copy(customer_id, by=clerk, inventory_id=copy.pk, staff_id=copy.store.manager_staff_id)


@pytest.mark.security
def test_a_producer_lends_nothing(producer: User) -> None:
    with pytest.raises(NotAllowed):
        rent(producer, InventoryFactory())


def test_the_database_refuses_a_second_open_rental_of_a_copy() -> None:
    rental = RentalFactory()
    with pytest.raises(IntegrityError, match="rental_one_open_a_copy"):
        RentalFactory(inventory=rental.inventory)


def test_a_rental_written_by_sql_alone_is_due_like_any_other() -> None:
    copy = InventoryFactory(film__rental_duration=4)
    rental = Rental(inventory=copy, customer=CustomerFactory(), staff=StaffFactory(), rental_date=NOON)
    rental.save(force_insert=True)
    rental.refresh_from_db()
    assert rental.due_date == NOON + timedelta(days=4)


def test_lending_takes_a_fixed_number_of_statements(clerk: User, django_assert_num_queries: Any) -> None:
    copy, customer = InventoryFactory(), CustomerFactory()
    clerk.has_perm("rentals.add_rental")
    with django_assert_num_queries(10):
        rent(clerk, copy, customer)
