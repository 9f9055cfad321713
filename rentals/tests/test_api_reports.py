from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from catalog.tests.factories import CategoryFactory
from rentals.tests.factories import PaymentFactory, RentalFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
REPORTS = "/api/v1/reports"


@pytest.fixture
def producer(client_of: Callable[..., APIClient]) -> APIClient:
    return client_of("producer")


def rows(client: APIClient, report: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = client.get(f"{REPORTS}/{report}").json()["results"]
    return found


def test_what_is_overdue_comes_with_its_days_and_their_price(producer: APIClient) -> None:
    rental = RentalFactory(rental_date=timezone.now() - timedelta(days=5, hours=1))
    RentalFactory(rental_date=timezone.now() - timedelta(hours=1))
    [row] = rows(producer, "overdue")
    assert (row["rental_id"], row["days_late"], row["late_fee"]) == (rental.pk, 3, "3.00")
    assert row["customer_name"] == str(rental.customer)


def paid(amount: str, month: int) -> Any:
    rental = RentalFactory()
    rental.inventory.film.categories.add(CategoryFactory(name=f"Noir {month}"))
    return PaymentFactory(
        rental=rental, customer=rental.customer, amount=amount, payment_date=datetime(2026, month, 1, tzinfo=UTC)
    )


def test_revenue_is_added_up_by_month_store_and_category(producer: APIClient) -> None:
    first, second = paid("2.99", 1), paid("4.99", 2)
    by_month = [(row["month"], row["revenue"]) for row in rows(producer, "revenue")]
    assert by_month == [("2026-01", "2.99"), ("2026-02", "4.99")]
    by_store = {row["store"]: row["revenue"] for row in rows(producer, "revenue?by=store")}
    stores = [payment.rental.inventory.store_id for payment in (first, second)]
    assert by_store == dict(zip(stores, ["2.99", "4.99"], strict=True))
    assert [row["category"] for row in rows(producer, "revenue?by=category")] == ["Noir 2", "Noir 1"]


def test_the_report_of_revenue_is_paged_and_comes_as_csv(producer: APIClient) -> None:
    paid("2.99", 1)
    paid("4.99", 2)
    page = producer.get(f"{REPORTS}/revenue?limit=1&offset=1").json()
    assert (page["count"], page["results"], page["next"]) == (
        2,
        [{"month": "2026-02", "payments": 1, "revenue": "4.99"}],
        None,
    )
    answer: Any = producer.get(f"{REPORTS}/revenue?format=csv")
    assert b"".join(answer.streaming_content).decode() == (
        "month,payments,revenue\r\n2026-01,1,2.99\r\n2026-02,1,4.99\r\n"
    )


@pytest.mark.parametrize("query", ["by=year", "by=", "by=month&since=2026"])
def test_a_report_that_there_is_not_is_refused_by_name(producer: APIClient, query: str) -> None:
    answer = producer.get(f"{REPORTS}/revenue?{query}")
    field = query.rpartition("&")[2].partition("=")[0]
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, field)


def test_the_customers_who_pay_most_come_first(producer: APIClient) -> None:
    little, much = PaymentFactory(amount="9.00").customer, PaymentFactory(amount="10.00").customer
    found = [(row["customer_id"], row["paid"]) for row in rows(producer, "customers")]
    assert found == [(much.pk, "10.00"), (little.pk, "9.00")]
