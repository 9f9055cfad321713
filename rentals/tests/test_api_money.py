from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from rest_framework.test import APIClient

from rentals.models import Payment, StreamingSubscription
from rentals.tests.factories import ChargeFactory, CustomerFactory, PaymentFactory, RentalFactory, SubscriptionFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
API = "/api/v1"


@pytest.fixture
def clerk(client_of: Callable[..., APIClient]) -> APIClient:
    return client_of("clerk")


def of_customer(customer: Any, part: str) -> str:
    return f"{API}/customers/{customer.pk}/{part}"


@pytest.mark.sanity
def test_what_is_paid_is_taken_off_what_is_owed(clerk: APIClient) -> None:
    charge = ChargeFactory(amount="15.96")
    assert clerk.get(of_customer(charge.customer, "balance")).json() == {"balance": "15.96"}
    made = clerk.post(of_customer(charge.customer, "payments"), {"amount": "2.99", "rental_id": charge.rental_id})
    assert (made.status_code, made.json()["amount"], made.json()["kind"]) == (201, "2.99", "payment")
    assert clerk.get(made["Location"]).json() == made.json()
    assert clerk.get(of_customer(charge.customer, "balance")).json() == {"balance": "12.97"}


def test_a_refund_is_an_entry_of_its_own(clerk: APIClient) -> None:
    payment = PaymentFactory(amount="5.00")
    url = of_customer(payment.customer, "payments")
    refund = clerk.post(url, {"amount": "2.00", "kind": "refund"})
    assert (refund.status_code, refund.json()["amount"]) == (201, "2.00")
    assert [row["kind"] for row in clerk.get(url).json()["results"]] == ["refund", "payment"]
    assert clerk.get(of_customer(payment.customer, "balance")).json() == {"balance": "-3.00"}


def test_more_than_was_paid_is_not_given_back(clerk: APIClient) -> None:
    payment = PaymentFactory(amount="5.00")
    refused = clerk.post(of_customer(payment.customer, "payments"), {"amount": "5.01", "kind": "refund"})
    assert (refused.status_code, refused.json()["refundable"]) == (409, "5.00")
    assert Payment.objects.count() == 1


@pytest.mark.parametrize("kind", ["payment", "refund"])
@pytest.mark.parametrize(
    "amount", ["0", "0.00", 0, "-1", -2.5, 10**9, "1000000000", "1.999", 1.999, "x", "", None, "NaN", "Infinity",
               "1e9", "1000.00", True, [1], {"a": 1}]
)  # fmt: skip
def test_an_amount_that_is_none_is_refused_and_nothing_is_written(clerk: APIClient, kind: str, amount: Any) -> None:
    url = of_customer(CustomerFactory(), "payments")
    refused = clerk.post(url, {"amount": amount, "kind": kind})
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (400, "amount"), refused.content
    assert not Payment.objects.exists()


@pytest.mark.parametrize(
    "wrong", [{"kind": "gift"}, {"rental_id": 987654}, {"rental_id": 0}, {"staff_id": 987654}, {"cash": True}]
)
def test_a_payment_that_cannot_be_is_refused_by_field(clerk: APIClient, wrong: dict[str, Any]) -> None:
    refused = clerk.post(of_customer(CustomerFactory(), "payments"), {"amount": "1.00"} | wrong)
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (400, next(iter(wrong)))
    assert not Payment.objects.exists()


def test_a_payment_for_another_customers_rental_is_refused(clerk: APIClient) -> None:
    body = {"amount": "1.00", "rental_id": RentalFactory().pk}
    refused = clerk.post(of_customer(CustomerFactory(), "payments"), body)
    assert refused.json()["errors"][0]["field"] == "rental_id"


def test_paying_twice_with_one_key_pays_once_and_another_amount_is_refused(clerk: APIClient) -> None:
    url = of_customer(CustomerFactory(), "payments")
    sent: dict[str, Any] = {"headers": {"Idempotency-Key": "p1"}}
    first, again = (clerk.post(url, {"amount": "4.00"}, **sent) for _ in range(2))
    assert first.json() == again.json()
    assert clerk.post(url, {"amount": "5.00"}, **sent).status_code == 422
    assert Payment.objects.count() == 1


def test_the_ledger_is_neither_changed_nor_deleted(clerk: APIClient) -> None:
    payment = PaymentFactory()
    url = f"{of_customer(payment.customer, 'payments')}/{payment.pk}"
    assert [clerk.patch(url, {"amount": "1.00"}).status_code, clerk.delete(url).status_code] == [405, 405]


def test_another_customers_payment_is_not_at_this_address(clerk: APIClient) -> None:
    payment = PaymentFactory()
    assert clerk.get(f"{of_customer(CustomerFactory(), 'payments')}/{payment.pk}").status_code == 404


def test_charges_say_what_is_owed_for(clerk: APIClient) -> None:
    charge = ChargeFactory(amount="2.99")
    [row] = clerk.get(of_customer(charge.customer, "charges")).json()["results"]
    assert (row["kind"], row["amount"], row["rental_id"]) == ("rental", "2.99", charge.rental_id)


@pytest.mark.parametrize("part", ["balance", "payments", "charges", "rentals", "subscriptions"])
@pytest.mark.parametrize("customer_id", [0, -1, "x", 2_000_000_000, 99999999999999999])
def test_a_customer_who_is_not_there_has_nothing(clerk: APIClient, part: str, customer_id: Any) -> None:
    assert clerk.get(f"{API}/customers/{customer_id}/{part}").status_code == 404


def test_somebody_subscribes_streams_and_ends_it(clerk: APIClient) -> None:
    customer = CustomerFactory()
    url = of_customer(customer, "subscriptions")
    made = clerk.post(url, {"plan_name": "Everything", "start_date": "2026-01-01", "end_date": None})
    assert (made.status_code, made.json()["end_date"]) == (201, None)
    ended = clerk.patch(made["Location"], {"end_date": "2026-01-31"}, headers={"If-Match": made["ETag"]})
    assert ended.json()["end_date"] == "2026-01-31"
    assert clerk.delete(made["Location"]).status_code == 204


def test_subscriptions_that_share_a_day_are_refused_with_the_other(clerk: APIClient) -> None:
    first = SubscriptionFactory(start_date=date(2026, 1, 1), end_date=date(2026, 1, 31))
    body = {"plan_name": "Weekend", "start_date": "2026-01-31", "end_date": "2026-02-28"}
    refused = clerk.post(of_customer(first.customer, "subscriptions"), body)
    assert (refused.status_code, refused.json()["subscription"]["id"]) == (409, first.pk)
    assert (
        clerk.post(of_customer(first.customer, "subscriptions"), body | {"start_date": "2026-02-01"}).status_code == 201
    )


@pytest.mark.parametrize(
    "wrong",
    [{"end_date": "2025-12-31"}, {"start_date": "2026-02-30"}, {"start_date": None}, {"plan_name": ""},
     {"plan_name": "x" * 101}, {"start_date": "2026-01-01T00:00:00Z"}, {"end_date": "never"}, {"price": "1"}],
)  # fmt: skip
def test_a_subscription_that_cannot_be_is_refused_by_field(clerk: APIClient, wrong: dict[str, Any]) -> None:
    body = {"plan_name": "Weekend", "start_date": "2026-01-01"} | wrong
    refused = clerk.post(of_customer(CustomerFactory(), "subscriptions"), body)
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (400, next(iter(wrong)))
    assert not StreamingSubscription.objects.exists()


def test_a_last_day_of_all_days_is_no_end(clerk: APIClient) -> None:
    body = {"plan_name": "Weekend", "start_date": "0001-01-01", "end_date": "9999-12-31"}
    made = clerk.post(of_customer(CustomerFactory(), "subscriptions"), body)
    assert (made.status_code, made.json()["end_date"]) == (201, None)


def test_another_customers_subscription_is_not_at_this_address(clerk: APIClient) -> None:
    url = f"{of_customer(CustomerFactory(), 'subscriptions')}/{SubscriptionFactory().pk}"
    assert [clerk.patch(url, {"plan_name": "X"}).status_code, clerk.delete(url).status_code] == [404, 404]
    assert StreamingSubscription.objects.exists()


def test_who_has_a_plan_may_stream_what_is_offered(clerk: APIClient) -> None:
    customer = SubscriptionFactory(start_date=date(2020, 1, 1)).customer
    film = RentalFactory(inventory__film__streaming_available=True).inventory.film
    url = f"{API}/films/{film.pk}/watch?customer_id="
    assert clerk.get(f"{url}{customer.pk}").json()["may_stream"] is True
    answer = clerk.get(f"{url}{CustomerFactory().pk}").json()
    assert answer == {"may_stream": False, "reason": "The customer has no subscription that runs on that day."}


@pytest.mark.parametrize("query", ["", "?customer_id=0", "?customer_id=-1", "?customer_id=x", "?customer_id="])
def test_whether_nobody_may_stream_is_refused_by_name(clerk: APIClient, query: str) -> None:
    refused = clerk.get(f"{API}/films/{RentalFactory().inventory.film_id}/watch{query}")
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (400, "customer_id")
