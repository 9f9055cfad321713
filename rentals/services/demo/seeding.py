from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection
from django.db.models import Model
from django.utils import timezone

from catalog.models import Film
from pipeline.services import Actor
from rentals.models import (
    Address,
    City,
    Country,
    Customer,
    Inventory,
    Rental,
    Staff,
    Store,
    StreamingSubscription,
)
from rentals.services.demo.lending import Copies, lend, make_queue
from rentals.services.demo.plan import COUNTRIES, CUSTOMERS, LOST, RETIRED, STORES, CustomerPlan


@dataclass(frozen=True)
class DemoRentals:
    """What was made."""

    countries: list[Country]
    cities: list[City]
    addresses: list[Address]
    stores: list[Store]
    staff: list[Staff]
    customers: list[Customer]
    copies: list[Inventory]
    rentals: list[Rental]

    @property
    def roots(self) -> dict[type[Model], list[int]]:
        """The rows on which all of it hangs, for the next seeding to remove."""
        rows: dict[type[Model], Sequence[Model]] = {
            Country: self.countries, City: self.cities, Address: self.addresses,
            Store: self.stores, Staff: self.staff, Customer: self.customers,
        }  # fmt: skip
        return {model: [row.pk for row in made] for model, made in rows.items()}


def seed_rentals(films: Sequence[Film], accounts: Mapping[str, Actor]) -> DemoRentals:
    """Makes the demo's stores with their staff, copies, customers and rentals, its dates counted from now.

    The account of the demo's clerk works in the first store, unless it is somebody else of a staff already. Runs in
    the caller's transaction.
    """
    now = timezone.now()
    countries, cities = make_cities()
    stores, staff = make_stores(cities, accounts["clerk"])
    customers = make_customers(stores, cities, now)
    copies = make_copies(films, stores)
    rentals = lend(copies, customers, staff, now)
    make_queue(films, customers, copies, now)
    addresses = [*(store.address for store in stores), *(row.address for row in customers)]
    return DemoRentals(countries, [*cities.values()], addresses, stores, staff, customers, [*copies.values()], rentals)


def make_cities() -> tuple[list[Country], dict[str, City]]:
    """The countries, and their cities by name."""
    countries = Country.objects.bulk_create(Country(country=name) for name in COUNTRIES)
    pairs = [(name, country) for country, names in zip(countries, COUNTRIES.values(), strict=True) for name in names]
    cities = City.objects.bulk_create(City(city=name, country=country) for name, country in pairs)
    return countries, {city.city: city for city in cities}


def make_stores(cities: Mapping[str, City], clerk: Actor) -> tuple[list[Store], list[Staff]]:
    """The stores, and of each first the manager and then the clerk."""
    keys = reserve(Store, len(STORES))
    addresses = Address.objects.bulk_create(
        Address(address=street, district="Harbour", city=cities[city], phone=phone)
        for city, street, phone, *_ in STORES
    )
    people = [
        Staff(
            first_name=first,
            last_name=last,
            username=first.lower(),
            email=f"{first.lower()}@stores.backlot.test",
            store_id=key,
            address=address,
        )
        for key, address, (*_, manager, helper) in zip(keys, addresses, STORES, strict=True)
        for first, last in (manager, helper)
    ]
    if not Staff.objects.filter(user=clerk.pk).exists():
        people[1].user_id = clerk.pk
    staff = Staff.objects.bulk_create(people)
    stores = Store.objects.bulk_create(
        Store(store_id=key, manager_staff=staff[2 * place], address=addresses[place]) for place, key in enumerate(keys)
    )
    return stores, staff


def reserve(model: type[Model], number: int) -> list[int]:
    """So many keys of the model's table that nobody else gets."""
    key = model._meta.pk.column
    with connection.cursor() as cursor:
        statement = "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)"
        cursor.execute(statement, [model._meta.db_table, key, number])
        return [key for (key,) in cursor]


def make_customers(stores: Sequence[Store], cities: Mapping[str, City], now: datetime) -> list[Customer]:
    towns = [city for city, *_ in STORES]
    addresses = Address.objects.bulk_create(
        Address(address=plan.street, district="Old Town", city=cities[towns[plan.store]], phone=f"555 03{place:02}")
        for place, plan in enumerate(CUSTOMERS)
    )
    made = (customer(*pair, stores) for pair in zip(CUSTOMERS, addresses, strict=True))
    customers = Customer.objects.bulk_create(made)
    StreamingSubscription.objects.bulk_create(
        subscription(row, plan, now) for row, plan in zip(customers, CUSTOMERS, strict=True) if plan.plan
    )
    return customers


def customer(plan: CustomerPlan, address: Address, stores: Sequence[Store]) -> Customer:
    first, _, last = plan.name.partition(" ")
    return Customer(
        store=stores[plan.store],
        first_name=first,
        last_name=last,
        email=f"{first}.{last}@customers.backlot.test".lower(),
        address=address,
        activebool=plan.is_active,
        active=int(plan.is_active),
    )


def subscription(row: Customer, plan: CustomerPlan, now: datetime) -> StreamingSubscription:
    name, since, until = plan.plan or ("", 0, None)
    today = timezone.localdate(now)
    return StreamingSubscription(
        customer=row,
        plan_name=name,
        start_date=today - timedelta(days=since),
        end_date=None if until is None else today + timedelta(days=until),
    )


def make_copies(films: Sequence[Film], stores: Sequence[Store]) -> Copies:
    """By the film's place and the copy's: the first in the first store, a second one of every second film in the other,
    a third one of every fifth film.
    """
    places = [(film, copy) for film in range(len(films)) for copy in range(3) if film % (1, 2, 5)[copy] == 0]
    states = {LOST: "lost", RETIRED: "retired"}
    made = Inventory.objects.bulk_create(
        Inventory(film=films[film], store=stores[copy % 2], state=states.get((film, copy), "available"))
        for film, copy in places
    )
    return dict(zip(places, made, strict=True))
