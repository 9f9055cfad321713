"""A clerk rents out and takes back by keyboard alone, narrow and wide."""

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from catalog.tests.factories import FilmFactory
from rentals.models import Customer, Inventory, Payment, Rental
from rentals.services.ledger import balance_of
from rentals.tests.factories import CustomerFactory, InventoryFactory, RentalFactory

pytestmark = pytest.mark.browser
Open = Callable[..., Page]
SIZES = pytest.mark.parametrize(("width", "scheme"), [(400, "dark"), (1920, "light")])


@pytest.fixture
def customer(transactional_db: None) -> Customer:
    """One of two whose name begins alike."""
    CustomerFactory(first_name="Ada", last_name="Fontaine Other")
    made: Customer = CustomerFactory(first_name="Ada", last_name="Fontaine")
    return made


@pytest.fixture
def copies(customer: Customer) -> list[Inventory]:
    """Of one film, in the customer's store."""
    made: list[Inventory] = InventoryFactory.create_batch(2, film=FilmFactory(title="Night Bus"), store=customer.store)
    return made


def at_desk(open_page: Open, customer: Customer, **looks: Any) -> Page:
    page = open_page("clerk", **looks)
    page.goto(f"/rentals/desk/?staff={customer.store.manager_staff_id}")
    return page


def scan(page: Page, text: Any) -> None:
    """As a scanner does: it types, and ends with Enter."""
    expect(page.locator("[data-scan]")).to_be_focused()
    page.keyboard.type(str(text))
    with page.expect_navigation():
        page.keyboard.press("Enter")


def enter(page: Page) -> None:
    with page.expect_navigation():
        page.keyboard.press("Enter")


@SIZES
def test_two_copies_are_rented_by_keyboard_alone(
    width: int, scheme: str, customer: Customer, copies: list[Inventory], open_page: Open
) -> None:
    page = at_desk(open_page, customer, width=width, scheme=scheme)
    scan(page, "fontaine")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("link", name="Ada Fontaine customer")).to_be_focused()
    enter(page)
    for copy in copies:
        scan(page, copy.pk)
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Rent 2 copies")).to_be_focused()
    enter(page)
    expect(page.get_by_role("status")).to_contain_text("2 copies are rented.")
    assert set(Rental.objects.values_list("customer", "inventory")) == {(customer.pk, copy.pk) for copy in copies}


@SIZES
def test_a_copy_comes_back_and_is_paid_by_keyboard_alone(
    width: int, scheme: str, customer: Customer, copies: list[Inventory], open_page: Open
) -> None:
    RentalFactory(inventory=copies[0], customer=customer, rental_date=timezone.now())
    page = at_desk(open_page, customer, width=width, scheme=scheme)
    page.goto("/rentals/desk/?mode=returns")
    scan(page, copies[0].pk)
    page.keyboard.press("ArrowDown")
    enter(page)
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Take payment")).to_be_focused()
    enter(page)
    expect(page.get_by_text("Owes nothing")).to_be_visible()
    assert (Payment.objects.count(), str(balance_of(customer.pk))) == (1, "0.00")


def test_one_key_takes_the_free_copy_in_place_of_one_that_is_out(
    customer: Customer, copies: list[Inventory], open_page: Open
) -> None:
    RentalFactory(inventory=copies[0])
    page = at_desk(open_page, customer)
    scan(page, f"c{customer.pk}")
    scan(page, copies[0].pk)
    expect(page.get_by_role("alert")).to_contain_text("has it since")
    page.reload()
    expect(page.get_by_role("link", name=f"Take copy {copies[1].pk} instead")).to_be_visible()
    enter(page)
    expect(page.locator(".desk-lines").first).to_contain_text(f"copy {copies[1].pk}")
    expect(page.get_by_role("alert")).to_have_count(0)


def test_what_a_scanner_types_reaches_the_field_from_anywhere(
    customer: Customer, copies: list[Inventory], open_page: Open
) -> None:
    page = at_desk(open_page, customer)
    page.get_by_role("link", name="Overdue").focus()
    page.keyboard.type("12")
    expect(page.locator("[data-scan]")).to_have_value("12")
    page.keyboard.press("Escape")
    expect(page.locator("[data-scan]")).to_be_focused()
