"""Customers and what they rented, paid and wait for; reports; and who may open any of it."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from config.tests.admin_pages import signed_in
from rentals.models import Hold, Rental, StreamingSubscription
from rentals.services.ledger import balance_of
from rentals.tests.factories import (
    NOON,
    ChargeFactory,
    CustomerFactory,
    HoldFactory,
    InventoryFactory,
    PaymentFactory,
    RentalFactory,
    SubscriptionFactory,
)

pytestmark = pytest.mark.django_db
READ = ["/customers/", "/customers/{customer}/", "/reports/", "/reports/?report=revenue", "/reports/?report=customers"]
SEND = [
    "/customers/{customer}/money/",
    "/customers/{customer}/plans/",
    "/customers/{customer}/holds/{hold}/end/",
    "/customers/{customer}/rentals/{rental}/",
]


@pytest.fixture
def clerk_page() -> Client:
    return signed_in("clerk")


@pytest.fixture
def ids() -> dict[str, int]:
    rental = RentalFactory(rental_date=timezone.now())
    hold = HoldFactory(customer=rental.customer)
    return {"customer": rental.customer_id, "rental": rental.pk, "hold": hold.pk}


def names(answer: Any) -> list[str]:
    return [customer.last_name for customer in answer.context["rows"]]


@pytest.mark.security
@pytest.mark.parametrize(
    ("role", "reads", "desk"),
    [
        ("clerk", 200, 200),
        ("producer", 200, 403),
        ("coordinator", 403, 403),
        ("artist", 403, 403),
        ("member", 403, 403),
    ],
)
def test_clerks_and_producers_read_and_clerks_stand_at_the_desk(
    role: str, reads: int, desk: int, ids: dict[str, int]
) -> None:
    client = signed_in(*([] if role == "member" else [role]))
    assert {client.get(path.format(**ids)).status_code for path in READ} == {reads}
    assert client.get("/rentals/desk/").status_code == desk


@pytest.mark.security
@pytest.mark.parametrize("path", ["/customers/", "/customers/{customer}/", "/reports/", "/rentals/desk/"])
def test_nobody_reads_of_customers_without_signing_in(path: str, ids: dict[str, int]) -> None:
    assert Client().get(path.format(**ids)).status_code == 302


@pytest.mark.security
@pytest.mark.parametrize("role", ["producer", "coordinator"])
def test_nothing_is_written_for_who_may_not(role: str, ids: dict[str, int]) -> None:
    client = signed_in(role)
    assert {client.post(path.format(**ids), {"amount": "1"}).status_code for path in SEND} == {403}
    assert client.post(f"/rentals/desk/?customer={ids['customer']}", {"act": "pay", "amount": "1"}).status_code == 403


@pytest.mark.parametrize("query", ["q=ADA", "q=ada@mail.test", "active=true"])
def test_customers_are_found_by_name_mail_and_state(query: str, clerk_page: Client) -> None:
    CustomerFactory(first_name="Ada", last_name="Found", email="ada@mail.test")
    CustomerFactory(last_name="Other", activebool=False)
    assert names(clerk_page.get(f"/customers/?{query}")) == ["Found"]


def test_the_list_tells_what_each_owes(clerk_page: Client) -> None:
    charge = ChargeFactory()
    PaymentFactory(customer=charge.customer, amount="1.00")
    (row,) = clerk_page.get("/customers/").context["rows"]
    assert row.balance == Decimal("1.99")


@pytest.mark.performance
@pytest.mark.parametrize(
    "path", ["/customers/", "/reports/", "/reports/?report=customers", "/rentals/desk/?mode=overdue"]
)
def test_a_list_costs_the_same_for_few_rows_as_for_many(path: str, clerk_page: Client) -> None:
    costs = []
    for number in (2, 10):
        for _ in range(number):
            rental = RentalFactory(rental_date=timezone.now() - timedelta(days=9))
            PaymentFactory(customer=rental.customer)
        with CaptureQueriesContext(connection) as queries:
            clerk_page.get(path)
        costs.append(len(queries))
    assert costs[0] == costs[1] <= 8


@pytest.mark.performance
def test_a_customer_costs_the_same_with_many_rentals(clerk_page: Client) -> None:
    customer, costs = CustomerFactory(), []
    for number in (2, 10):
        for count in range(number):
            ChargeFactory(rental=RentalFactory(customer=customer))
            RentalFactory(customer=customer, return_date=NOON + timedelta(days=count))
            HoldFactory(customer=customer)
        with CaptureQueriesContext(connection) as queries:
            clerk_page.get(f"/customers/{customer.pk}/")
        costs.append(len(queries))
    assert costs[0] == costs[1] <= 14


def test_a_customers_page_tells_rentals_ledger_holds_and_plans(clerk_page: Client) -> None:
    out = RentalFactory()
    back = RentalFactory(customer=out.customer, return_date=NOON + timedelta(days=9))
    ChargeFactory(rental=back)
    PaymentFactory(customer=out.customer, amount="-1.00")
    hold, plan = HoldFactory(customer=out.customer), SubscriptionFactory(customer=out.customer)
    context = clerk_page.get(f"/customers/{out.customer_id}/").context
    assert [row["rental_id"] for row in (*context["out"], *context["past"])] == [out.pk, back.pk]
    assert {(row["what"], row["cost"]) for row in context["ledger"]} == {
        ("rental", Decimal("2.99")),
        ("payment", Decimal("1.00")),
    }
    assert ([row["id"] for row in context["holds"]], list(context["plans"])) == ([hold.pk], [plan])


def test_past_rentals_and_the_ledger_have_pages_of_their_own(clerk_page: Client) -> None:
    customer = CustomerFactory()
    for count in range(21):
        RentalFactory(customer=customer, return_date=NOON + timedelta(days=count))
        PaymentFactory(customer=customer)
    context = clerk_page.get(f"/customers/{customer.pk}/?past=2").context
    assert (len(context["past"]), len(context["ledger"])) == (1, 20)


def test_a_payment_is_booked(clerk_page: Client) -> None:
    customer = ChargeFactory().customer
    answer = clerk_page.post(f"/customers/{customer.pk}/money/", {"act": "pay", "amount": "2.99"})
    assert (answer["Location"], balance_of(customer.pk)) == (f"/customers/{customer.pk}/", Decimal(0))


def test_more_than_was_paid_is_not_given_back_and_stays_in_the_form(clerk_page: Client) -> None:
    customer = PaymentFactory(amount="1.00").customer
    answer = clerk_page.post(f"/customers/{customer.pk}/money/", {"act": "refund", "amount": "1.01"})
    form = answer.context["money"]
    assert (form.refusal.code, form["amount"].value(), balance_of(customer.pk)) == (
        "refund_too_large",
        "1.01",
        Decimal(-1),
    )


def test_a_plan_is_added_and_one_that_overlaps_is_refused(clerk_page: Client) -> None:
    customer = CustomerFactory()
    values = {"plan_name": "Everything", "start_date": "2030-01-01", "end_date": ""}
    answers = [clerk_page.post(f"/customers/{customer.pk}/plans/", values) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 200]
    assert list(answers[1].context["plan"].errors) == ["start_date"]
    assert StreamingSubscription.objects.count() == 1


def test_a_hold_is_taken_off(clerk_page: Client, ids: dict[str, int]) -> None:
    clerk_page.post("/customers/{customer}/holds/{hold}/end/".format(**ids))
    assert not Hold.objects.exists()


def test_the_hold_and_rental_of_another_customer_are_not_found(clerk_page: Client, ids: dict[str, int]) -> None:
    others = ids | {"customer": CustomerFactory().pk}
    assert [clerk_page.post(path.format(**others)).status_code for path in SEND[2:]] == [404, 404]


@pytest.mark.parametrize(("act", "days"), [("extend", 6), ("", 3)])
def test_a_rental_is_extended_or_ended(act: str, days: int, clerk_page: Client, ids: dict[str, int]) -> None:
    clerk_page.post("/customers/{customer}/rentals/{rental}/".format(**ids), {"act": act})
    rental = Rental.objects.get()
    assert (rental.due_date - rental.rental_date).days == days
    assert (rental.return_date is None) == (act == "extend")


def test_a_refused_extension_says_why(clerk_page: Client) -> None:
    rental = RentalFactory(rental_date=timezone.now())
    HoldFactory(film=rental.inventory.film)
    path = f"/customers/{rental.customer_id}/rentals/{rental.pk}/"
    assert "others wait for the film" in clerk_page.post(path, {"act": "extend"}, follow=True).content.decode()


@pytest.mark.parametrize("by", ["month", "store", "category", "nonsense"])
def test_revenue_is_told_in_numbers_with_a_bar_beside(by: str, clerk_page: Client) -> None:
    rental = RentalFactory(inventory=InventoryFactory())
    PaymentFactory(customer=rental.customer, rental=rental, amount="4.00", payment_date=NOON)
    context = clerk_page.get(f"/reports/?report=revenue&by={by}").context
    assert [(row["revenue"], row["part"]) for row in context["rows"]] == [("4.00", "100.00")]


@pytest.mark.parametrize("report", ["", "revenue", "customers", "nonsense"])
def test_each_report_has_its_rows_as_csv(report: str, clerk_page: Client) -> None:
    PaymentFactory()
    csv = clerk_page.get(clerk_page.get(f"/reports/?report={report}").context["csv"])
    assert (csv.status_code, csv["Content-Type"].split(";")[0]) == (200, "text/csv")


def test_refunds_alone_draw_no_bar(clerk_page: Client) -> None:
    PaymentFactory(amount="-4.00")
    (row,) = clerk_page.get("/reports/?report=revenue").context["rows"]
    assert (row["revenue"], row["part"]) == ("-4.00", "0")
