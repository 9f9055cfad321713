from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from catalog.services.films import delete_film
from config.accounts.models import User
from pipeline.errors import NotAllowed, StaleVersion, StillHolds
from rentals.errors import AccountTaken, CopyStillOut, ManagesAlready
from rentals.models import Address, Customer, Inventory, Staff, Store
from rentals.services import stores
from rentals.services.copies import change_copy, create_copy, delete_copy
from rentals.services.customers import change_customer, create_customer, delete_customer
from rentals.tests.factories import (
    AddressFactory,
    CityFactory,
    CustomerFactory,
    InventoryFactory,
    RentalFactory,
    StaffFactory,
    StoreFactory,
)

pytestmark = pytest.mark.django_db


def place(**columns: Any) -> dict[str, Any]:
    return {"address": "1 Harbour Lane", "district": "Docks", "city": CityFactory(), "phone": "555"} | columns


def create(by: User, **fields: Any) -> Customer:
    given: dict[str, Any] = {"store": StoreFactory(), "first_name": "Mae", "last_name": "Bell", "address": place()}
    return create_customer(by=by, **(given | fields))


@pytest.mark.sanity
def test_a_new_customer_gets_an_address_and_is_active(clerk: User) -> None:
    customer = create(clerk)
    customer.refresh_from_db()
    assert customer.is_active
    assert (customer.activebool, customer.active, customer.address.address) == (True, 1, "1 Harbour Lane")


def test_a_new_customer_may_live_where_others_do(clerk: User) -> None:
    address = AddressFactory()
    assert create(clerk, address=address).address == address


def test_a_customer_without_a_name_leaves_no_address_behind(clerk: User) -> None:
    with pytest.raises(ValidationError, match="last_name"):
        create(clerk, last_name="")
    assert not Address.objects.filter(address="1 Harbour Lane").exists()


def test_what_is_named_of_an_address_changes(clerk: User) -> None:
    customer = create(clerk)
    change_customer(customer.pk, by=clerk, address={"phone": "556"})
    assert Address.objects.get(customers=customer.pk).phone == "556"
    assert Address.objects.get(customers=customer.pk).address == "1 Harbour Lane"


def test_an_address_that_others_have_is_left_to_them(clerk: User) -> None:
    customer = create(clerk)
    other = create(clerk, address=customer.address)
    change_customer(customer.pk, by=clerk, address={"phone": "556"})
    assert Address.objects.get(customers=other.pk).phone == "555"
    assert Address.objects.get(customers=customer.pk).phone == "556"


@pytest.mark.parametrize("active", [True, False])
def test_both_of_pagilas_columns_say_whether_a_customer_is_active(clerk: User, active: bool) -> None:
    customer = CustomerFactory(active=int(not active), activebool=not active)
    change_customer(customer.pk, by=clerk, active=active)
    row = Customer.objects.get(pk=customer.pk)
    assert (row.is_active, row.activebool, row.active) == (active, active, int(active))
    assert Customer.objects.active().exists() is active


def test_a_customer_of_whom_one_column_says_nothing_is_active() -> None:
    customer = CustomerFactory(active=None)
    assert customer.is_active
    assert Customer.objects.active().get() == customer
    assert not Customer.objects.inactive().exists()


def test_a_change_of_what_somebody_changed_meanwhile_is_refused(clerk: User) -> None:
    customer = CustomerFactory()
    change_customer(customer.pk, by=clerk, first_name="Mo")
    with pytest.raises(StaleVersion):
        change_customer(customer.pk, by=clerk, expected_version=1, first_name="Jo")


def test_customers_are_found_by_parts_of_names_mails_and_by_their_number() -> None:
    customer = CustomerFactory(first_name="Mae", last_name="Bell", email="mae@harbour.test")
    CustomerFactory(first_name="Mo", last_name="Reed", email=None)
    for words in ("mae", "ELL", "mae bell", "harbour", str(customer.pk)):
        assert Customer.objects.matching(words).get() == customer


def test_who_never_rented_is_deleted_and_nobody_else(clerk: User) -> None:
    delete_customer(CustomerFactory().pk, by=clerk)
    with pytest.raises(StillHolds, match="rentals: 1"):
        delete_customer(RentalFactory().customer_id, by=clerk)


@pytest.mark.security
def test_a_producer_writes_no_customer_and_no_copy(producer: User) -> None:
    copy = InventoryFactory()
    with pytest.raises(NotAllowed):
        create(producer)
    with pytest.raises(NotAllowed):
        create_copy(by=producer, film_id=copy.film_id, store_id=copy.store_id)
    with pytest.raises(NotAllowed):
        change_copy(copy.pk, by=producer, state="lost")


def test_a_copy_that_is_out_cannot_be_marked(clerk: User) -> None:
    rental = RentalFactory()
    with pytest.raises(CopyStillOut) as caught:
        change_copy(rental.inventory_id, by=clerk, state="lost")
    assert caught.value.facts["due_date"] == rental.due_date
    assert Inventory.objects.get().state == "available"


def test_a_lost_copy_is_out_of_stock_and_can_be_found_again(clerk: User) -> None:
    copy = InventoryFactory()
    change_copy(copy.pk, by=clerk, state="lost")
    assert not Inventory.objects.in_stock().exists()
    change_copy(copy.pk, by=clerk, state="available")
    assert Inventory.objects.in_stock().get() == copy


def test_a_copy_in_no_known_state_is_refused(clerk: User) -> None:
    with pytest.raises(ValidationError, match="state"):
        change_copy(InventoryFactory().pk, by=clerk, state="broken")


def test_a_copy_needs_a_film_and_a_store(clerk: User) -> None:
    copy = InventoryFactory()
    for wrong in ({"film_id": 0}, {"store_id": 2_000_000_000}):
        with pytest.raises(ValidationError, match=next(iter(wrong))):
            create_copy(by=clerk, **({"film_id": copy.film_id, "store_id": copy.store_id} | wrong))


def test_a_copy_that_was_lent_is_not_deleted(clerk: User) -> None:
    with pytest.raises(StillHolds):
        delete_copy(RentalFactory().inventory_id, by=clerk)


def test_a_film_of_which_there_is_a_copy_is_not_deleted(clerk: User) -> None:
    with pytest.raises(StillHolds, match="copies: 1"):
        delete_film(InventoryFactory().film_id, by=clerk)


def test_anybody_may_see_where_copies_are_but_not_who_has_them() -> None:
    rental = RentalFactory()
    film, store = rental.inventory.film, rental.inventory.store
    copies = [InventoryFactory(film=film, store=store, state=state) for state in ("available", "lost", "retired")]
    rows = list(Inventory.objects.filter(film=film).order_by("pk").as_copies())
    assert [row["state"] for row in rows] == ["out", "in", "lost", "retired"]
    assert rows[0].keys() == {"inventory_id", "store_id", "state", "due_date"}
    assert [row["due_date"] for row in rows] == [rental.due_date, *[None for _ in copies]]


def test_a_new_store_has_a_new_manager_who_works_there(clerk: User) -> None:
    store = stores.open_store(by=clerk, address=AddressFactory(), first_name="Ida", last_name="Moor", username="ida")
    connection.check_constraints()
    assert Staff.objects.get().store == store
    assert Store.objects.get().manager_staff == Staff.objects.get()


def test_nobody_manages_two_stores(clerk: User) -> None:
    store = StoreFactory()
    with pytest.raises(ManagesAlready):
        stores.stores.create(by=clerk, manager_staff=store.manager_staff, address=AddressFactory())


def test_an_account_is_one_clerks_at_most(clerk: User) -> None:
    StaffFactory(user=clerk)
    with pytest.raises(AccountTaken):
        stores.staff.change(StaffFactory().pk, by=clerk, user=clerk)


def test_a_city_in_which_somebody_lives_is_not_deleted(clerk: User) -> None:
    with pytest.raises(StillHolds, match="addresses: 1"):
        stores.cities.remove(AddressFactory().city_id, by=clerk)
