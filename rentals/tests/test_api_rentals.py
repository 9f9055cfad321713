"""The clerk's day by the API: rent, refuse, return, extend, queue."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from catalog.tests.factories import FilmFactory
from config.accounts.services import seed_demo_accounts
from rentals.models import Hold, Inventory, Rental
from rentals.tests.factories import (
    CustomerFactory,
    HoldFactory,
    InventoryFactory,
    RentalFactory,
    StoreFactory,
)

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
API = "/api/v1"


@pytest.fixture
def clerk(client_of: Callable[..., APIClient]) -> APIClient:
    return client_of("clerk")


def rent(client: APIClient, copy: Inventory, customer_id: Any = None, **options: Any) -> Any:
    body = {"inventory_id": copy.pk, "staff_id": copy.store.manager_staff_id} | options.pop("body", {})
    customer_id = CustomerFactory().pk if customer_id is None else customer_id
    return client.post(f"{API}/customers/{customer_id}/rentals", body, **options)


def just_out(**fields: Any) -> Rental:
    rental: Rental = RentalFactory(rental_date=timezone.now().replace(microsecond=0) - timedelta(hours=1), **fields)
    return rental


@pytest.mark.sanity
def test_a_copy_is_rented_and_found_at_its_address(clerk: APIClient) -> None:
    made = rent(clerk, InventoryFactory())
    assert made.status_code == 201, made.content
    assert clerk.get(made["Location"]).json() == made.json()
    assert made.json()["return_date"] is None
    assert made.json().keys() >= {"rental_id", "rental_date", "customer_id", "inventory_id", "staff_id", "due_date"}


def times_of(body: dict[str, str], *names: str) -> list[datetime]:
    return [datetime.fromisoformat(body[name]) for name in names]


@pytest.mark.sanity
def test_a_copy_that_is_out_is_refused_with_the_facts(clerk: APIClient) -> None:
    rental = just_out()
    refused = rent(clerk, rental.inventory)
    assert (refused.status_code, refused.json()["code"]) == (409, "copy_out")
    assert refused.json()["next_free_inventory_id"] is None
    free = InventoryFactory(film=rental.inventory.film)
    body = rent(clerk, rental.inventory).json()
    assert body["next_free_inventory_id"] == free.pk
    assert times_of(body, "rented_since", "due_date") == [rental.rental_date, rental.due_date]


@pytest.mark.parametrize("state", ["lost", "retired"])
def test_a_copy_that_is_gone_is_refused_with_its_state(clerk: APIClient, state: str) -> None:
    refused = rent(clerk, InventoryFactory(state=state))
    assert (refused.status_code, refused.json()["state"]) == (409, state)


def test_an_inactive_customer_is_refused(clerk: APIClient) -> None:
    refused = rent(clerk, InventoryFactory(), CustomerFactory(active=0).pk)
    assert (refused.status_code, refused.json()["code"]) == (409, "customer_inactive")
    assert not Rental.objects.exists()


@pytest.mark.parametrize("customer_id", [0, -1, "text", 2_000_000_000, 99999999999999999, "1.5"])
def test_a_customer_who_is_not_there_is_missing(clerk: APIClient, customer_id: Any) -> None:
    assert rent(clerk, InventoryFactory(), customer_id).status_code == 404
    assert clerk.get(f"{API}/customers/{customer_id}/rentals").status_code == 404


@pytest.mark.parametrize("field", ["inventory_id", "staff_id"])
@pytest.mark.parametrize("value", [0, -1, "x", None, 2_000_000_000, 2**62, 1.5, True, [1]])
def test_a_copy_or_clerk_who_is_not_there_is_refused_by_field(clerk: APIClient, field: str, value: Any) -> None:
    refused = rent(clerk, InventoryFactory(), body={field: value})
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (400, field)
    assert not Rental.objects.exists()


def test_renting_twice_with_one_key_rents_once(clerk: APIClient) -> None:
    copy, customer = InventoryFactory(), CustomerFactory()
    answers = [rent(clerk, copy, customer.pk, headers={"Idempotency-Key": "k1"}) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].json() == answers[1].json()
    assert Rental.objects.count() == 1


def test_a_copy_comes_back_and_its_rate_is_owed(clerk: APIClient) -> None:
    rental = just_out(inventory__film__rental_rate="3.00")
    body = clerk.post(f"{API}/rentals/{rental.pk}/return").json()
    assert body["charges"] == [{"kind": "rental", "amount": "3.00"}]
    assert (body["owed"], body["balance"]) == ("3.00", "3.00")
    assert body["return_date"]


def test_a_late_copy_costs_a_dollar_a_day_and_in_the_end_itself(clerk: APIClient) -> None:
    rental = RentalFactory(rental_date=timezone.now() - timedelta(days=6, hours=1))
    charges = clerk.post(f"{API}/rentals/{rental.pk}/return").json()["charges"]
    assert charges == [
        {"kind": "rental", "amount": "2.99"},
        {"kind": "late", "amount": "4.00"},
        {"kind": "replacement", "amount": "19.99"},
    ]


def test_a_copy_comes_back_once(clerk: APIClient) -> None:
    url = f"{API}/rentals/{just_out().pk}/return"
    first = clerk.post(url, headers={"Idempotency-Key": "k1"})
    assert clerk.post(url, headers={"Idempotency-Key": "k1"}).json() == first.json()
    refused = clerk.post(url)
    assert (refused.status_code, refused.json()["code"]) == (409, "returned_already")
    assert refused.json()["return_date"]


@pytest.mark.parametrize("act", ["return", "extend"])
@pytest.mark.parametrize("rental_id", [0, -1, "x", 2_000_000_000, 99999999999999999])
def test_a_rental_that_is_not_there_is_missing(clerk: APIClient, act: str, rental_id: Any) -> None:
    body = {"days": 1} if act == "extend" else {}
    assert clerk.post(f"{API}/rentals/{rental_id}/{act}", body).status_code == 404


def test_a_rental_is_extended_while_nobody_waits(clerk: APIClient) -> None:
    rental = just_out()
    url = f"{API}/rentals/{rental.pk}/extend"
    assert clerk.post(url, {"days": 2}).status_code == 200
    assert Rental.objects.get().due_date == rental.due_date + timedelta(days=2)
    HoldFactory(film=rental.inventory.film)
    refused = clerk.post(url, {"days": 2})
    assert (refused.status_code, refused.json()["waiting"]) == (409, 1)


@pytest.mark.parametrize("days", [0, -1, 366, 1.5, "x", None, 10**9])
def test_days_that_make_no_sense_are_refused(clerk: APIClient, days: Any) -> None:
    refused = clerk.post(f"{API}/rentals/{just_out().pk}/extend", {"days": days})
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (400, "days")


def test_rentals_are_filtered_by_what_became_of_them(clerk: APIClient) -> None:
    late = RentalFactory(rental_date=timezone.now() - timedelta(days=9))
    fresh = just_out()
    back = RentalFactory(rental_date=fresh.rental_date, return_date=timezone.now())

    def ids(query: str) -> set[int]:
        return {row["rental_id"] for row in clerk.get(f"{API}/rentals?{query}").json()["results"]}

    assert (ids("open=true"), ids("open=false")) == ({late.pk, fresh.pk}, {back.pk})
    assert (ids("overdue=true"), ids("overdue=false")) == ({late.pk}, {fresh.pk, back.pk})
    assert ids(f"customer_id={late.customer_id}") == {late.pk}


def test_a_queue_forms_while_every_copy_is_out(clerk: APIClient) -> None:
    film = just_out().inventory.film
    url = f"{API}/films/{film.pk}/holds"
    first, second = (clerk.post(url, {"customer_id": CustomerFactory().pk}) for _ in range(2))
    assert [first.json()["position"], second.json()["position"]] == [1, 2]
    assert clerk.get(first["Location"]).json() == first.json()
    assert clerk.delete(first["Location"]).status_code == 204
    assert [row["position"] for row in clerk.get(url).json()["results"]] == [1]


def test_a_returned_copy_is_kept_for_the_first_and_refused_to_others(clerk: APIClient) -> None:
    rental, hold = just_out(), None
    hold = HoldFactory(film=rental.inventory.film)
    clerk.post(f"{API}/rentals/{rental.pk}/return")
    assert clerk.get(f"{API}/holds/{hold.pk}").json()["state"] == "ready"
    refused = rent(clerk, rental.inventory)
    assert (refused.status_code, refused.json()["code"]) == (409, "copy_held")
    assert rent(clerk, rental.inventory, hold.customer_id).status_code == 201
    assert not Hold.objects.exists()


def test_nobody_queues_for_a_free_copy_twice_or_for_a_film_without_copies(clerk: APIClient) -> None:
    rental, customer = just_out(), CustomerFactory()
    url = f"{API}/films/{rental.inventory.film_id}/holds"
    statuses = [clerk.post(url, {"customer_id": customer.pk}).json().get("code") for _ in range(2)]
    assert statuses == [None, "already_exists"]
    free = clerk.post(f"{API}/films/{InventoryFactory().film_id}/holds", {"customer_id": customer.pk})
    none = clerk.post(f"{API}/films/{FilmFactory().pk}/holds", {"customer_id": customer.pk})
    assert [(free.status_code, free.json()["code"]), none.json()["code"]] == [(409, "copy_free"), "no_copies"]


@pytest.mark.parametrize("customer_id", [0, -1, "x", 2_000_000_000])
def test_an_unknown_customer_queues_for_nothing(clerk: APIClient, customer_id: Any) -> None:
    url = f"{API}/films/{just_out().inventory.film_id}/holds"
    refused = clerk.post(url, {"customer_id": customer_id})
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (400, "customer_id")


@pytest.mark.security
def test_anybody_sees_where_the_copies_are_and_not_who_has_them() -> None:
    rental = just_out()
    film = rental.inventory.film
    lost, free = InventoryFactory(film=film, state="lost"), InventoryFactory(film=film)
    answer = APIClient().get(f"{API}/films/{film.pk}/copies")
    rows = answer.json()["results"]
    assert [row["state"] for row in rows] == ["out", "lost", "in"]
    assert [row["inventory_id"] for row in rows] == [rental.inventory_id, lost.pk, free.pk]
    assert (rows[0].keys(), rows[2]["due_date"]) == ({"inventory_id", "store_id", "state", "due_date"}, None)


@pytest.mark.parametrize("part", ["copies", "holds", "watch?customer_id=1"])
def test_a_film_that_is_not_there_has_nothing(clerk: APIClient, part: str) -> None:
    assert clerk.get(f"{API}/films/2000000000/{part}").status_code == 404


def test_a_copy_is_added_marked_and_moved(clerk: APIClient) -> None:
    body = {"film_id": FilmFactory().pk, "store_id": StoreFactory().pk}
    made = clerk.post(f"{API}/inventory", body)
    assert (made.status_code, made.json()["in_stock"]) == (201, True)
    moved = clerk.patch(made["Location"], {"state": "lost", "store_id": StoreFactory().pk}).json()
    assert (moved["state"], moved["in_stock"]) == ("lost", False)
    assert clerk.get(f"{API}/inventory?film_id={body['film_id']}&in_stock=false").json()["count"] == 1


def test_a_copy_that_is_out_is_not_marked(clerk: APIClient) -> None:
    rental = just_out()
    refused = clerk.patch(f"{API}/inventory/{rental.inventory_id}", {"state": "lost"})
    assert (refused.status_code, refused.json()["code"]) == (409, "copy_out")
    assert times_of(refused.json(), "rented_since") == [rental.rental_date]


@pytest.mark.parametrize("wrong", [{"film_id": 987654}, {"store_id": 987654}, {"film_id": None}, {"copies": 3}])
def test_a_copy_that_cannot_be_is_refused_by_field(clerk: APIClient, wrong: dict[str, Any]) -> None:
    body = {"film_id": FilmFactory().pk, "store_id": StoreFactory().pk} | wrong
    refused = clerk.post(f"{API}/inventory", body)
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (400, next(iter(wrong)))


@pytest.mark.security
def test_the_local_services_token_rents_like_a_clerk() -> None:
    seed_demo_accounts()
    client, copy = APIClient(), InventoryFactory()
    assert rent(client, copy).status_code == 401
    client.credentials(HTTP_AUTHORIZATION="Bearer dvd_admin")
    assert rent(client, copy).status_code == 201


@pytest.mark.security
def test_a_producer_reads_rentals_and_rents_nothing(client_of: Callable[..., APIClient]) -> None:
    producer, rental = client_of("producer"), just_out()
    assert producer.get(f"{API}/rentals/{rental.pk}").status_code == 200
    assert rent(producer, InventoryFactory()).status_code == 403
    assert producer.post(f"{API}/rentals/{rental.pk}/return").status_code == 403
    assert Rental.objects.get().return_date is None


@pytest.mark.performance
def test_renting_and_returning_cost_a_fixed_number_of_statements(
    clerk: APIClient, django_assert_num_queries: Any
) -> None:
    copy, customer = InventoryFactory(), CustomerFactory()
    with django_assert_num_queries(13):
        made = rent(clerk, copy, customer.pk)
    with django_assert_num_queries(16):
        clerk.post(f"{API}/rentals/{made.json()['rental_id']}/return")
