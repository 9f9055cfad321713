"""The desk: who rents, what is rented, what comes back, what is owed."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from config.accounts.models import User
from config.tests.admin_pages import signed_in
from rentals.models import Customer, Hold, HoldState, Payment, Rental
from rentals.services.ledger import balance_of
from rentals.tests.factories import (
    ChargeFactory,
    CustomerFactory,
    HoldFactory,
    InventoryFactory,
    RentalFactory,
    StaffFactory,
)

pytestmark = pytest.mark.django_db
DESK = "/rentals/desk/"


@pytest.fixture
def desk(clerk: User) -> Client:
    StaffFactory(user=clerk)
    return signed_in(user=clerk)


def scan(desk: Client, text: Any, query: str = "") -> Any:
    return desk.get(f"{DESK}?{query}&scan={text}")


def act(desk: Client, query: str, act: str, **values: Any) -> Any:
    return desk.post(f"{DESK}?{query}", values | {"act": act}, follow=True)


def test_a_scanned_copy_lies_on_the_desk(desk: Client) -> None:
    copy = InventoryFactory()
    assert scan(desk, copy.pk, "customer=999&copy=7")["Location"] == f"{DESK}?customer=999&copy=7&copy={copy.pk}"


def test_a_copy_scanned_twice_lies_there_once(desk: Client) -> None:
    copy = InventoryFactory()
    assert scan(desk, copy.pk, f"customer=9&copy={copy.pk}")["Location"] == f"{DESK}?customer=9&copy={copy.pk}"


@pytest.mark.parametrize("text", ["fontaine", "ADA FONTAINE", "ada@mail.test"])
def test_the_only_customer_of_a_name_needs_no_choice(text: str, desk: Client) -> None:
    customer = CustomerFactory(first_name="Ada", last_name="Fontaine", email="ada@mail.test")
    CustomerFactory()
    assert scan(desk, text, "copy=7")["Location"] == f"{DESK}?customer={customer.pk}&copy=7"


def test_several_of_a_name_are_offered(desk: Client) -> None:
    customers = [CustomerFactory(last_name=f"Fontaine {name}") for name in "AB"]
    matches = scan(desk, "fontaine", "copy=7").context["matches"]
    assert matches == [(f"{DESK}?customer={customer.pk}&copy=7", customer) for customer in customers]


def test_a_number_may_be_a_customer_or_a_copy_as_long_as_nobody_rents(desk: Client) -> None:
    customer = CustomerFactory()
    copy = InventoryFactory(inventory_id=customer.pk)
    answer = scan(desk, customer.pk)
    assert ([found for _, found in answer.context["matches"]], answer.context["scan"].copy) == ([customer], copy)
    assert scan(desk, customer.pk, "customer=1")["Location"] == f"{DESK}?customer=1&copy={copy.pk}"
    assert scan(desk, f"c{customer.pk}", "customer=1")["Location"] == f"{DESK}?customer={customer.pk}"


@pytest.mark.parametrize("text", ["nobody", "12345678", "c99999999", "99999999999999", "'; --"])
def test_what_nobody_knows_is_said_and_stays_in_the_field(text: str, desk: Client) -> None:
    customer = CustomerFactory()
    answer = scan(desk, text, f"customer={customer.pk}")
    assert answer.status_code == 200
    assert answer.context["scan"].error
    assert answer.context["customer"] == customer


@pytest.mark.parametrize("query", ["customer=x", "customer=-1", "copy=99999999999", "mode=other", "returned=0&page=z"])
def test_an_address_that_makes_no_sense_is_an_empty_desk(query: str, desk: Client) -> None:
    answer = desk.get(f"{DESK}?{query}")
    assert (answer.status_code, answer.context["lines"], answer.context["customer"]) == (200, [], None)


def test_all_on_the_desk_is_rented(desk: Client) -> None:
    customer, copies = CustomerFactory(), InventoryFactory.create_batch(2)
    query = "&".join(f"copy={copy.pk}" for copy in copies)
    answer = act(desk, f"customer={customer.pk}&{query}", "rent")
    assert answer.redirect_chain == [(f"{DESK}?customer={customer.pk}", 302)]
    assert list(Rental.objects.order_by("pk").values_list("inventory", "customer")) == [
        (copy.pk, customer.pk) for copy in copies
    ]
    assert "2 copies are rented." in answer.content.decode()


def test_what_is_refused_stays_on_the_desk_with_who_has_it_and_what_is_free(desk: Client) -> None:
    taken = RentalFactory(customer__last_name="Earlier").inventory
    other, good = InventoryFactory(film=taken.film), InventoryFactory()
    customer = CustomerFactory()
    answer = act(desk, f"customer={customer.pk}&copy={taken.pk}&copy={good.pk}", "rent")
    (line,) = answer.context["lines"]
    assert answer.redirect_chain == [(f"{DESK}?customer={customer.pk}&copy={taken.pk}", 302)]
    assert (line["problem"], line["next_free"]) == (
        f"Copy {taken.pk} is out. Copy {other.pk} of the film is free.",
        other.pk,
    )
    assert line["instead"] == f"{DESK}?customer={customer.pk}&copy={other.pk}"
    assert Rental.objects.filter(customer=customer).get().inventory == good


def test_what_stands_against_a_copy_is_said_before_it_is_rented_and_after_a_reload(desk: Client) -> None:
    out, lost = RentalFactory(customer__last_name="Earlier").inventory, InventoryFactory(state="lost")
    held = InventoryFactory()
    until = timezone.now() + timedelta(days=1)
    HoldFactory(film=held.film, inventory=held, state=HoldState.READY, ready_until=until)
    copies = "&".join(f"copy={copy.pk}" for copy in (out, lost, held))
    lines = desk.get(f"{DESK}?customer={CustomerFactory().pk}&{copies}").context["lines"]
    words = ["Carla Earlier has it", "It is lost", "It is kept for another customer"]
    assert [line["problem"].startswith(word) for line, word in zip(lines, words, strict=True)] == [True] * 3


def test_a_copy_that_is_kept_for_the_customer_is_theirs(desk: Client) -> None:
    copy = InventoryFactory()
    until = timezone.now() + timedelta(days=1)
    hold = HoldFactory(film=copy.film, inventory=copy, state=HoldState.READY, ready_until=until)
    answer = desk.get(f"{DESK}?customer={hold.customer_id}&copy={copy.pk}")
    assert answer.context["lines"][0]["problem"] == ""
    assert [row["inventory_id"] for row in answer.context["kept"]] == [copy.pk]


def test_where_nothing_is_free_the_customer_may_wait(desk: Client) -> None:
    rental, customer = RentalFactory(), CustomerFactory()
    query = f"customer={customer.pk}&copy={rental.inventory_id}"
    assert "Place a hold" in desk.get(f"{DESK}?{query}").content.decode()
    answer = act(desk, query, "hold", film=rental.inventory.film_id, hold_for=rental.inventory_id)
    assert (answer.context["lines"], Hold.objects.get().customer) == ([], customer)


def test_an_inactive_customer_rents_nothing_and_keeps_the_desk(desk: Client) -> None:
    customer, copy = CustomerFactory(activebool=False), InventoryFactory()
    answer = act(desk, f"customer={customer.pk}&copy={copy.pk}", "rent")
    assert "not active" in answer.context["lines"][0]["problem"]
    assert not Rental.objects.exists()


def test_who_lends_is_asked_where_the_account_is_nobodys_of_the_staff(clerk: User) -> None:
    desk, copy, customer = signed_in(user=clerk), InventoryFactory(), CustomerFactory()
    query = f"customer={customer.pk}&copy={copy.pk}"
    assert "Choose who lends" in act(desk, query, "rent").content.decode()
    act(desk, query, "rent", staff_id=copy.store.manager_staff_id)
    assert Rental.objects.get().staff_id == copy.store.manager_staff_id


def test_a_copy_comes_back_by_its_number_and_tells_what_is_owed(desk: Client) -> None:
    rental = RentalFactory(rental_date=timezone.now())
    answer = act(desk, "mode=returns", "return", scan=f" {rental.inventory_id} ")
    rental.refresh_from_db()
    assert answer.redirect_chain == [(f"{DESK}?mode=returns&returned={rental.pk}", 302)]
    assert rental.return_date is not None
    assert [(row["rental_id"], row["balance"]) for row in answer.context["back"]] == [(rental.pk, Decimal("2.99"))]


@pytest.mark.parametrize("text", ["", "x", "99999999", "9" * 30])
def test_a_copy_that_is_not_out_does_not_come_back(text: str, desk: Client) -> None:
    answer = act(desk, "mode=returns&returned=5", "return", scan=text)
    assert answer.redirect_chain == [(f"{DESK}?mode=returns&returned=5", 302)]
    assert [message.level_tag for message in answer.context["messages"]] == ["error"]


def test_a_copy_comes_back_from_the_customers_list_once(desk: Client) -> None:
    rental = RentalFactory(rental_date=timezone.now())
    query = f"customer={rental.customer_id}"
    answers = [act(desk, query, "return", rental=rental.pk) for _ in range(2)]
    assert [answer.context["messages"][0].level_tag for answer in answers] == ["success", "error"]
    assert balance_of(rental.customer_id) == Decimal("2.99")


def test_what_is_owed_is_paid(desk: Client) -> None:
    customer = ChargeFactory().customer
    assert desk.get(f"{DESK}?customer={customer.pk}").context["form"]["amount"].value() == Decimal("2.99")
    act(desk, f"customer={customer.pk}&copy=7", "pay", amount="2.99")
    assert balance_of(customer.pk) == 0


@pytest.mark.parametrize(("kind", "amount"), [("pay", "0"), ("pay", "x"), ("pay", "1000"), ("refund", "3.00")])
def test_a_refused_amount_stays_in_the_form_and_the_copies_on_the_desk(kind: str, amount: str, desk: Client) -> None:
    customer, copy = CustomerFactory(), InventoryFactory()
    answer = act(desk, f"customer={customer.pk}&copy={copy.pk}", kind, amount=amount)
    form = answer.context["form"]
    assert (answer.status_code, form["amount"].value(), list(form.errors)) == (200, amount, ["amount"])
    assert len(answer.context["lines"]) == 1
    assert not Payment.objects.exists()


def test_what_is_overdue_is_listed(desk: Client) -> None:
    late = RentalFactory(rental_date=timezone.now() - timedelta(days=9))
    RentalFactory(rental_date=timezone.now())
    assert [row["rental_id"] for row in desk.get(f"{DESK}?mode=overdue").context["rows"]] == [late.pk]


@pytest.mark.performance
def test_the_desk_costs_the_same_for_two_copies_as_for_twelve(desk: Client) -> None:
    customer, costs = CustomerFactory(), []
    for number in (2, 12):
        copies = InventoryFactory.create_batch(number)
        for _ in range(number):
            ChargeFactory(rental=RentalFactory(customer=customer))
        query = "&".join(f"copy={copy.pk}" for copy in copies)
        with CaptureQueriesContext(connection) as queries:
            desk.get(f"{DESK}?customer={customer.pk}&{query}")
        costs.append(len(queries))
    assert costs[0] == costs[1] <= 11


@pytest.mark.security
def test_a_customer_who_does_not_exist_pays_nothing(desk: Client) -> None:
    assert desk.post(f"{DESK}?customer=99999999", {"act": "pay", "amount": "1"}).status_code == 404
    assert not Customer.objects.exists()
