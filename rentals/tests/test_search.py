"""The one search finds customers, for those who may see them."""

from collections.abc import Callable

import pytest
from rest_framework.test import APIClient

from rentals.tests.factories import CustomerFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", ["clerk", "producer"])
def test_a_customer_is_found_by_name_and_e_mail(role: str, client_of: Callable[..., APIClient]) -> None:
    customer = CustomerFactory(first_name="Ada", last_name="Fontaine", email="ada@customers.example")
    CustomerFactory(first_name="Ada", last_name="Berg", email=None)
    for text in ("fontaine ada", "customers.example"):
        group = client_of(role).get("/api/v1/search", {"q": text}).json()["groups"]["customers"]
        assert [(hit["title"], hit["url"]) for hit in group["results"]] == [
            ("Ada Fontaine", f"/customers/{customer.pk}/")
        ]


@pytest.mark.security
@pytest.mark.parametrize("role", ["artist", "coordinator"])
def test_customers_are_no_group_for_others(role: str, client_of: Callable[..., APIClient]) -> None:
    CustomerFactory(first_name="Ada")
    assert "customers" not in client_of(role).get("/api/v1/search", {"q": "ada"}).json()["groups"]
