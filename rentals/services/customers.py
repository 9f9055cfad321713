from collections.abc import Mapping
from typing import Any

from catalog.services.records import Records
from pipeline.services import Actor, demand, hanging_on
from rentals.models import Address, Customer
from rentals.services.writing import changed, saved, written

records = Records(Customer, "Set the customer inactive instead.")
COLUMNS = ("address", "address2", "district", "city", "postal_code", "phone")
# A row that is there, or the columns of one; `city` is a row.
Place = Address | Mapping[str, Any]


def create_customer(*, by: Actor, address: Place, active: bool = True, **fields: Any) -> Customer:
    """A new customer; `fields` are `store` (a row), `first_name`, `last_name` and `email`.

    Raises NotAllowed, ValidationError by field.
    """
    demand(by, "rentals.add_customer")
    with written():
        place = address if isinstance(address, Address) else saved(Address(**address))
        return saved(Customer(address=place, **activity(active), **fields))


def change_customer(
    customer_id: int,
    *,
    by: Actor,
    expected_version: int | None = None,
    address: Place | None = None,
    active: bool | None = None,
    **changes: Any,
) -> Customer:
    """Changes a customer, whose row is locked; what `address` names of an address changes, the rest of it stays.

    An address that others have too is left to them, and the customer gets a changed copy. Raises StaleVersion,
    ValidationError by field, Customer.DoesNotExist.
    """
    demand(by, "rentals.change_customer")
    with written():
        customer = Customer.objects.lock_one(customer_id, expected_version=expected_version)
        if address is not None:
            changes["address"] = moved(customer, address)
        if active is not None and active != customer.is_active:
            changes |= activity(active)
        return changed(customer, changes)


def delete_customer(customer_id: int, *, by: Actor) -> None:
    """Deletes a customer who never rented; locks the row. Raises StillHolds, Customer.DoesNotExist."""
    records.remove(customer_id, by=by)


def activity(active: bool) -> dict[str, Any]:
    """Both of Pagila's columns."""
    return {"activebool": active, "active": int(active)}


def moved(customer: Customer, address: Place) -> Address:
    if isinstance(address, Address):
        return address
    place = Address.objects.lock_one(customer.address_id)
    if sum(hanging_on(place).values()) > 1:
        return saved(Address(**{name: getattr(place, name) for name in COLUMNS} | dict(address)))
    return changed(place, address)
