from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import factory
from django.db import connection, transaction
from factory.django import DjangoModelFactory

from catalog.tests.factories import FilmFactory
from rentals.models import (
    Address,
    Charge,
    ChargeKind,
    City,
    Country,
    Customer,
    Hold,
    Inventory,
    Payment,
    Rental,
    Staff,
    Store,
    StreamingSubscription,
)

# Calling a factory makes a row, which its own types do not say.
Base: Any = DjangoModelFactory
NOON = datetime(2030, 5, 1, 12, tzinfo=UTC)


class Factory(Base):
    """Makes a row, and the rows that it needs, in one transaction: a store and its manager refer to each other."""

    class Meta:
        abstract = True

    @classmethod
    def _generate(cls, strategy: Any, params: Any) -> Any:
        with transaction.atomic():
            return super()._generate(strategy, params)


class CountryFactory(Factory):
    class Meta:
        model = Country

    country: Any = factory.Sequence(lambda n: f"Freedonia {n}")


class CityFactory(Factory):
    class Meta:
        model = City

    city: Any = factory.Sequence(lambda n: f"Quayside {n}")
    country: Any = factory.SubFactory(CountryFactory)


class AddressFactory(Factory):
    class Meta:
        model = Address

    address: Any = factory.Sequence(lambda n: f"{n} Harbour Lane")
    district = "Docks"
    city: Any = factory.SubFactory(CityFactory)
    phone = "555 0100"


class StoreFactory(Factory):
    """A store with its manager, who refer to each other."""

    class Meta:
        model = Store

    store_id: Any = factory.LazyFunction(lambda: next_key("store", "store_id"))
    address: Any = factory.SubFactory(AddressFactory)
    manager_staff: Any = factory.SubFactory(
        "rentals.tests.factories.StaffFactory",
        store_id=factory.SelfAttribute("..store_id"),
        store=None,
    )


class StaffFactory(Factory):
    """Somebody of a store's staff; `user=` links an account."""

    class Meta:
        model = Staff

    class Params:
        store: Any = factory.SubFactory(StoreFactory)

    store_id: Any = factory.LazyAttribute(lambda row: row.store.pk)
    first_name = "Cleo"
    last_name: Any = factory.Sequence(lambda n: f"Counter {n}")
    username: Any = factory.Sequence(lambda n: f"cleo{n}")
    address: Any = factory.SubFactory(AddressFactory)


class CustomerFactory(Factory):
    class Meta:
        model = Customer

    store: Any = factory.SubFactory(StoreFactory)
    first_name = "Carla"
    last_name: Any = factory.Sequence(lambda n: f"Customer {n}")
    email: Any = factory.Sequence(lambda n: f"carla{n}@mail.test")
    address: Any = factory.SubFactory(AddressFactory)


class InventoryFactory(Factory):
    class Meta:
        model = Inventory

    film: Any = factory.SubFactory(FilmFactory)
    store: Any = factory.SubFactory(StoreFactory)


class RentalFactory(Factory):
    """A copy that went out at noon of the first of May 2030 for three days, and is still out."""

    class Meta:
        model = Rental

    inventory: Any = factory.SubFactory(InventoryFactory)
    customer: Any = factory.SubFactory(CustomerFactory)
    staff: Any = factory.LazyAttribute(lambda row: row.inventory.store.manager_staff)
    rental_date = NOON
    due_date: Any = factory.LazyAttribute(
        lambda row: row.rental_date + timedelta(days=row.inventory.film.rental_duration)
    )


class HoldFactory(Factory):
    class Meta:
        model = Hold

    film: Any = factory.SubFactory(FilmFactory)
    customer: Any = factory.SubFactory(CustomerFactory)


class PaymentFactory(Factory):
    class Meta:
        model = Payment

    customer: Any = factory.SubFactory(CustomerFactory)
    amount = Decimal("2.99")


class ChargeFactory(Factory):
    class Meta:
        model = Charge

    rental: Any = factory.SubFactory(RentalFactory)
    customer: Any = factory.SelfAttribute("rental.customer")
    kind = ChargeKind.RENTAL
    amount = Decimal("2.99")


class SubscriptionFactory(Factory):
    class Meta:
        model = StreamingSubscription

    customer: Any = factory.SubFactory(CustomerFactory)
    plan_name = "Everything"
    start_date: Any = NOON.date()


def next_key(table: str, key: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, %s))", [table, key])
        return int(cursor.fetchone()[0])
