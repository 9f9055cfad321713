from collections.abc import Callable
from typing import Any

import pytest
from rest_framework.test import APIClient

from rentals.models import Address, Customer
from rentals.tests.factories import AddressFactory, CityFactory, CustomerFactory, RentalFactory, StoreFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
CUSTOMERS = "/api/v1/customers"


@pytest.fixture
def clerk(client_of: Callable[..., APIClient]) -> APIClient:
    return client_of("clerk")


def customer_body(**fields: Any) -> dict[str, Any]:
    address = {"address": "12 Harbour Lane", "district": "Docks", "city_id": CityFactory().pk}
    return {"store_id": StoreFactory().pk, "first_name": "Bruno", "last_name": "Quill", "address": address} | fields


def found(client: APIClient, query: str) -> list[int]:
    answer: Any = client.get(f"{CUSTOMERS}?{query}").json()
    return [row["customer_id"] for row in answer["results"]]


@pytest.mark.sanity
def test_a_customer_is_added_with_a_new_address_and_found_there(clerk: APIClient) -> None:
    made = clerk.post(CUSTOMERS, customer_body(email="bruno@mail.test"))
    assert made.status_code == 201, made.content
    assert clerk.get(made["Location"]).json() == made.json()
    assert made.json()["address"]["address"] == "12 Harbour Lane"
    assert (made.json()["active"], made["ETag"]) == (True, '"1"')


def test_a_customer_is_added_at_an_address_that_is_there(clerk: APIClient) -> None:
    address = AddressFactory()
    body = customer_body(address_id=address.pk)
    del body["address"]
    assert clerk.post(CUSTOMERS, body).json()["address_id"] == address.pk


@pytest.mark.parametrize(
    "wrong",
    [{"store_id": 987654}, {"store_id": "x"}, {"first_name": ""}, {"last_name": "x" * 46}, {"email": "no"},
     {"address_id": 987654}, {"active": "perhaps"}, {"surname": "Quill"}, {"address": None}],
)  # fmt: skip
def test_a_customer_who_cannot_be_is_refused_by_field(clerk: APIClient, wrong: dict[str, Any]) -> None:
    answer = clerk.post(CUSTOMERS, customer_body(**wrong))
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, next(iter(wrong)))
    assert not Customer.objects.exists()


@pytest.mark.parametrize("wrong", [{"city_id": 987654}, {"city_id": None}, {"phone": "5" * 21}, {"street": "x"}])
def test_an_address_that_cannot_be_is_refused_by_its_column(clerk: APIClient, wrong: dict[str, Any]) -> None:
    body = customer_body()
    body["address"] |= wrong
    before = Address.objects.count()
    answer = clerk.post(CUSTOMERS, body)
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, f"address.{next(iter(wrong))}")
    assert Address.objects.count() == before


def test_an_address_and_the_id_of_another_are_refused(clerk: APIClient) -> None:
    answer = clerk.post(CUSTOMERS, customer_body(address_id=AddressFactory().pk))
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, "address_id")


def test_without_an_address_nobody_is_added(clerk: APIClient) -> None:
    body = customer_body()
    del body["address"]
    assert clerk.post(CUSTOMERS, body).json()["errors"][0]["field"] == "address"


def test_what_is_named_of_an_address_changes_and_the_rest_stays(clerk: APIClient) -> None:
    customer = CustomerFactory(address__district="Docks")
    answer = clerk.patch(f"{CUSTOMERS}/{customer.pk}", {"address": {"phone": "555 0199"}}).json()
    assert (answer["address"]["phone"], answer["address"]["district"]) == ("555 0199", "Docks")


def test_a_customer_is_made_inactive_and_active_again(clerk: APIClient) -> None:
    url = f"{CUSTOMERS}/{CustomerFactory().pk}"
    assert clerk.patch(url, {"active": False}).json()["active"] is False
    assert Customer.objects.active().count() == 0
    assert clerk.patch(url, {"active": True}).json()["active"] is True


def test_a_change_of_an_old_version_is_refused(clerk: APIClient) -> None:
    url = f"{CUSTOMERS}/{CustomerFactory().pk}"
    tag = clerk.get(url)["ETag"]
    clerk.patch(url, {"first_name": "Ada"})
    assert clerk.patch(url, {"first_name": "Bea"}, headers={"If-Match": tag}).status_code == 412


def test_customers_are_found_by_name_store_and_activity(clerk: APIClient) -> None:
    ada = CustomerFactory(first_name="Ada", last_name="Quill")
    CustomerFactory(active=0)
    assert found(clerk, "q=quil ada") == found(clerk, f"store_id={ada.store_id}") == [ada.pk]
    assert found(clerk, "active=true") == [ada.pk]
    assert found(clerk, "active=false") != [ada.pk]


@pytest.mark.parametrize("query", ["store_id=x", "active=perhaps", "q=a%00", "ordering=email", "name=x"])
def test_a_question_that_makes_no_sense_is_refused_by_name(clerk: APIClient, query: str) -> None:
    answer = clerk.get(f"{CUSTOMERS}?{query}")
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, query.partition("=")[0])


def test_a_customer_with_rentals_is_not_deleted_and_one_without_is(clerk: APIClient) -> None:
    held = RentalFactory().customer
    refused = clerk.delete(f"{CUSTOMERS}/{held.pk}")
    assert (refused.status_code, refused.json()["holds"]["rentals"]) == (409, 1)
    assert clerk.delete(f"{CUSTOMERS}/{CustomerFactory().pk}").status_code == 204


@pytest.mark.security
@pytest.mark.parametrize("path", ["stores", "staff", "cities", "customers", "rentals", "inventory"])
def test_nobody_outside_the_shop_reads_its_lists(client_of: Callable[..., APIClient], path: str) -> None:
    StoreFactory()
    statuses = [client_of(role).get(f"/api/v1/{path}").status_code for role in ("anyone", "member", "artist")]
    assert statuses == [401, 403, 403]
    assert client_of("producer").get(f"/api/v1/{path}").status_code == 200


@pytest.mark.security
def test_staff_are_listed_without_their_secrets(clerk: APIClient) -> None:
    StoreFactory(manager_staff__password="hashed-by-pagila")
    answer = clerk.get("/api/v1/staff")
    assert answer.json()["count"] == 1
    assert b"password" not in answer.content
    assert b"hashed" not in answer.content


def test_cities_are_found_by_a_part_of_their_name(clerk: APIClient) -> None:
    city = CityFactory(city="Port Marlowe")
    CityFactory()
    rows = clerk.get("/api/v1/cities?q=marl").json()["results"]
    assert rows == [{"city_id": city.pk, "city": "Port Marlowe", "country": city.country.country}]
