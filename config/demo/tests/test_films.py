"""The demo's films and stores: what they show, what goes with them, and what they make room for."""

from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from catalog.models import Category, Film
from catalog.tests.factories import FilmFactory
from config.accounts.models import User
from config.accounts.services import seed_demo_accounts
from config.demo.films import remove_business, seed_business
from config.demo.models import DemoRow
from config.demo.rows import recall, remember, together
from rentals.models import Address, Charge, Customer, Hold, Inventory, OverdueRental, Payment, Rental, Staff, Store
from rentals.services.lending import check_out_copy
from rentals.services.subscriptions import may_stream
from rentals.tests.factories import CustomerFactory, InventoryFactory, PaymentFactory, RentalFactory, StoreFactory
from rentals.tests.pagila.dumps import dump

pytestmark = pytest.mark.django_db


def seed() -> dict[str, int]:
    """What a seeding does to this part of the demo."""
    kept = remove_business(recall())
    roots, counts = seed_business(seed_demo_accounts())
    remember(together(kept, roots))
    return counts


@pytest.fixture
def demo() -> dict[str, int]:
    return seed()


@pytest.fixture
def dumped(tmp_path: Path) -> Path:
    file = tmp_path / "dump.sql"
    file.write_text(dump())
    return file


@pytest.mark.sanity
def test_every_kind_of_rental_is_there(demo: dict[str, int]) -> None:
    assert (demo["films"], Store.objects.count()) == (40, 2)
    assert Rental.objects.returned().count() > 20
    assert Rental.objects.open().filter(due_date__gt=timezone.now()).count() > 5
    assert OverdueRental.objects.overdue(timezone.now()).count() > 3
    assert set(Charge.objects.values_list("kind", flat=True)) == {"rental", "late", "replacement"}


def test_some_customers_owe_and_most_do_not(demo: dict[str, int]) -> None:
    balances = [vars(customer)["balance"] for customer in Customer.objects.with_balance()]
    assert 2 <= sum(balance > 0 for balance in balances) <= 6
    assert not any(balance < 0 for balance in balances)


def test_a_queue_has_formed_for_which_a_copy_is_kept(demo: dict[str, int]) -> None:
    states = [row["state"] for row in Hold.objects.as_rows()]
    assert (states.count("ready"), states.count("waiting")) == (1, 4)
    assert not Inventory.objects.on_shelf().filter(film__holds__state="waiting").exists()


def test_the_clerk_of_the_demo_lends_a_copy(demo: dict[str, int]) -> None:
    clerk = User.objects.get(email="clerk@backlot.test")
    copy = Inventory.objects.free().order_by("pk")[0]
    customer = Customer.objects.active().order_by("pk")[0]
    staff = Staff.objects.get(user=clerk)
    assert check_out_copy(customer.pk, by=clerk, inventory_id=copy.pk, staff_id=staff.pk).pk


def test_some_may_stream_and_some_may_not(demo: dict[str, int]) -> None:
    film = Film.objects.filter(streaming_available=True).first()
    assert film
    answers = {may_stream(film.pk, customer_id=customer.pk).may_stream for customer in Customer.objects.all()}
    assert answers == {True, False}


def test_what_others_hung_on_the_demo_goes_with_it(demo: dict[str, int]) -> None:
    own = CustomerFactory()
    rental = RentalFactory(customer=own, inventory=Inventory.objects.free()[0])
    PaymentFactory(customer=own, rental=rental)
    CustomerFactory(store=Store.objects.order_by("pk")[0], first_name="Visiting")
    seed()
    assert Customer.objects.filter(pk=own.pk).exists()
    assert not Rental.objects.filter(pk=rental.pk).exists()
    assert not Customer.objects.filter(first_name="Visiting").exists()


def test_what_others_made_stays(demo: dict[str, int]) -> None:
    film = FilmFactory(categories=[Category.objects.get(name="Drama")])
    rental = RentalFactory(inventory=InventoryFactory(film=film))
    payment = PaymentFactory(customer=rental.customer, staff=Staff.objects.exclude(user=None).get())
    seed()
    assert Film.objects.get(pk=film.pk).categories.get().name == "Drama"
    assert Rental.objects.get(pk=rental.pk).inventory == rental.inventory
    assert Payment.objects.get(pk=payment.pk).staff is None


def test_a_store_that_somebody_of_the_demo_manages_goes_too(demo: dict[str, int]) -> None:
    helper = Staff.objects.exclude(user=None).get()
    store = StoreFactory()
    Store.objects.filter(pk=store.pk).update(manager_staff=helper)
    seed()
    assert not Store.objects.filter(pk=store.pk).exists()


def test_a_word_that_others_use_stays_until_they_are_gone(demo: dict[str, int]) -> None:
    film = FilmFactory(categories=[Category.objects.get(name="Drama")])
    word = Category.objects.get(name="Drama").pk
    seed()
    assert Category.objects.get(name="Drama").pk == word
    film.delete()
    seed()
    assert Category.objects.get(name="Drama").pk != word


def test_an_address_of_the_demo_that_others_have_stays(demo: dict[str, int]) -> None:
    address = Address.objects.filter(customers__isnull=False)[0]
    own = CustomerFactory(address=address)
    seed()
    assert Customer.objects.get(pk=own.pk).address == address


def test_an_import_takes_the_demos_place(demo: dict[str, int], dumped: Path) -> None:
    call_command("import_pagila", dumped, verbosity=0)
    assert set(Film.objects.values_list("title", flat=True)) == {"THE HARBOUR", "THE TIDE"}
    assert not DemoRow.objects.filter(kind__startswith="rentals.").exists()


def test_the_next_demo_stands_beside_what_was_imported(demo: dict[str, int], dumped: Path) -> None:
    call_command("import_pagila", dumped, verbosity=0)
    seed()
    seed()
    assert Film.objects.count() == 42
    assert Rental.objects.filter(customer__first_name="MAE").count() == 2


def test_an_import_beside_rows_of_others_leaves_the_demo(demo: dict[str, int], dumped: Path, capsys: Any) -> None:
    FilmFactory()
    with pytest.raises(CommandError, match="--replace"):
        call_command("import_pagila", dumped)
    assert Film.objects.count() == 41
    assert DemoRow.objects.filter(kind="catalog.Film").count() == 40
