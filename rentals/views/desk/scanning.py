"""What was typed or scanned at the desk, and what it stands for."""

from dataclasses import dataclass
from typing import Any

from pipeline.services import Actor
from rentals.models import Customer, Inventory
from rentals.views.desk.state import MOST_COPIES, Desk, number_of

MOST_MATCHES = 10


@dataclass(frozen=True, slots=True)
class Scan:
    """`address` is where the desk goes on; without one, the clerk chooses among the others, or reads the `error`."""

    address: str = ""
    customers: tuple[Any, ...] = ()
    copy: Any = None
    error: str = ""


def read(text: str, desk: Desk, by: Actor) -> Scan:
    """A number is a copy's, or, while there is no customer, a customer's; `c12` is always customer 12."""
    marked = text[:1] in "cC" and number_of(text[1:]) is not None
    number = number_of(text[1:] if marked else text)
    if number is None:
        return by_words(text, desk, by)
    if marked:
        return by_number(None, customers_at(number, by), desk, text)
    copy = Inventory.objects.visible_to(by).filter(pk=number).select_related("film").first()
    return by_number(copy, [] if desk.customer else customers_at(number, by), desk, text)


def customers_at(number: int, by: Actor) -> list[Any]:
    return list(Customer.objects.visible_to(by).filter(pk=number).with_balance())


def by_words(text: str, desk: Desk, by: Actor) -> Scan:
    found = Customer.objects.visible_to(by).matching(text).with_balance().order_by("last_name", "first_name", "pk")
    return chosen(tuple(found[:MOST_MATCHES]), desk) if found else Scan(error=f"No customer is called “{text}”.")


def by_number(copy: Any, customers: list[Any], desk: Desk, text: str) -> Scan:
    if copy and customers:
        return Scan(copy=copy, customers=tuple(customers))
    if customers:
        return chosen(tuple(customers), desk)
    if copy is None:
        return Scan(error=f"There is no {'copy' if desk.customer else 'copy and no customer'} with the number {text}.")
    if len(desk.copy) >= MOST_COPIES and copy.pk not in desk.copy:
        return Scan(error=f"There are {MOST_COPIES} copies on the desk. Rent those first.")
    return Scan(address=desk.with_copy(copy.pk))


def chosen(customers: tuple[Any, ...], desk: Desk) -> Scan:
    """A single match needs no choice."""
    return Scan(address=desk.address(customer=customers[0].pk)) if len(customers) == 1 else Scan(customers=customers)
