"""Stores, their staff, and where people live."""

from typing import Any

from django.db import connection

from catalog.services.records import Records
from pipeline.services import Actor, demand
from rentals.errors import AccountTaken, ManagesAlready
from rentals.models import Address, City, Country, Staff, Store
from rentals.services.writing import saved, written

countries = Records(Country, "Move its cities first.")
cities = Records(City, "Move its addresses first.")
addresses = Records(Address, "Give who lives there another address first.")
staff = Records(Staff, "Set them inactive instead.", {"staff_user_id_key": lambda row: AccountTaken()})
stores = Records(
    Store, "Move its copies, customers and staff first.", {"store_manager_staff_id_key": lambda row: ManagesAlready()}
)


def open_store(*, by: Actor, address: Address, **manager: Any) -> Store:
    """A new store with a new manager, who refer to each other; `manager` are columns of the staff.

    Raises NotAllowed, ValidationError by field.
    """
    demand(by, "rentals.add_store")
    demand(by, "rentals.add_staff")
    with written(), connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence('store', 'store_id'))")
        [store_id] = cursor.fetchone()
        person = saved(Staff(store_id=store_id, address=address, **manager))
        return saved(Store(store_id=store_id, manager_staff=person, address=address))
