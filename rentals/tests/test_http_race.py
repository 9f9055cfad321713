"""Sixty-four desks that rent one copy over real HTTP, from a real server."""

import json
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from decimal import Decimal
from http.client import HTTPConnection
from threading import Barrier
from typing import Any

import pytest
from django.db.models import Sum

from config.serving.tests.server_process import running_server
from rentals.models import Charge, Customer, Inventory, Payment, Rental
from rentals.tests.factories import CustomerFactory, InventoryFactory
from rentals.tests.test_races import without

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
DESKS = 64
Answer = tuple[int, Any]


class Shop:
    """One copy, another of the same film, and desks that all want the first for one customer."""

    def __init__(self, address: str, headers: dict[str, str], pool: ThreadPoolExecutor) -> None:
        self.address, self.headers, self.pool = address, headers, pool
        self.copy: Inventory = InventoryFactory(film__rental_rate="2.99")
        self.other: Inventory = InventoryFactory(film=self.copy.film)
        self.customer: Customer = CustomerFactory()
        self.staff_id = self.copy.store.manager_staff_id
        self.start = Barrier(DESKS)

    def call(self, method: str, path: str, body: dict[str, Any] | None = None) -> Answer:
        connection = HTTPConnection(self.address, timeout=120)
        try:
            connection.request(method, f"/api/v1/{path}", json.dumps(body or {}), self.headers)
            answer = connection.getresponse()
            return answer.status, json.loads(answer.read())
        finally:
            connection.close()

    def rent(self) -> Answer:
        self.start.wait(60)
        body = {"inventory_id": self.copy.pk, "staff_id": self.staff_id}
        return self.call("POST", f"customers/{self.customer.pk}/rentals", body)

    def everybody_rents(self) -> list[Answer]:
        return [future.result() for future in [self.pool.submit(self.rent) for _ in range(DESKS)]]

    def return_and_pay(self, rental_id: int) -> None:
        status, returned = self.call("POST", f"rentals/{rental_id}/return")
        assert (status, returned["owed"]) == (200, "2.99")
        paid = {"amount": returned["owed"], "rental_id": rental_id}
        assert self.call("POST", f"customers/{self.customer.pk}/payments", paid)[0] == 201


@pytest.fixture
def shop_at(client_of: Callable[..., Any]) -> Callable[..., Any]:
    """`shop_at(application)` is a shop at a server of that application, while the context is open."""
    token = client_of("clerk")._credentials["HTTP_AUTHORIZATION"]
    headers = {"Authorization": token, "Content-Type": "application/json"}

    @contextmanager
    def opened(application: str = "config.asgi:application") -> Iterator[Shop]:
        with running_server(application) as address, ThreadPoolExecutor(DESKS) as pool:
            yield Shop(address, headers, pool)

    return opened


def test_without_lock_and_constraint_several_desks_rent_one_copy(shop_at: Callable[..., Any]) -> None:
    with without(Rental, "rental_one_open_a_copy"), shop_at("rentals.tests.unlocked_server:application") as shop:
        statuses = Counter(status for status, _ in shop.everybody_rents())
        assert statuses[201] > 1
        assert Rental.objects.open().filter(inventory=shop.copy).count() == statuses[201]


def test_one_desk_rents_it_and_the_others_are_told_of_the_next(shop_at: Callable[..., Any], at_full_size: bool) -> None:
    rounds = 200 if at_full_size else 5
    with shop_at() as shop:
        for _ in range(rounds):
            answers = shop.everybody_rents()
            [rental] = [body for status, body in answers if status == 201]
            refused = [body for status, body in answers if status == 409]
            assert {(body["code"], body["next_free_inventory_id"]) for body in refused} == {("copy_out", shop.other.pk)}
            assert len(refused) == DESKS - 1
            shop.return_and_pay(rental["rental_id"])
        assert shop.call("GET", f"customers/{shop.customer.pk}/balance") == (200, {"balance": "0.00"})
    total = rounds * Decimal("2.99")
    sums = [model.objects.aggregate(total=Sum("amount"))["total"] for model in (Charge, Payment)]
    assert (Rental.objects.count(), *sums) == (rounds, total, total)
