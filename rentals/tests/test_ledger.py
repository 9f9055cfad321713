from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from config.accounts.models import User
from pipeline.errors import NotAllowed
from rentals.errors import RefundTooLarge
from rentals.models import Charge, Customer, Payment
from rentals.services.ledger import balance_of, give_refund, take_payment
from rentals.tests.factories import ChargeFactory, CustomerFactory, PaymentFactory, RentalFactory, StaffFactory

pytestmark = pytest.mark.django_db
FIVE = Decimal("5.00")


@pytest.mark.sanity
def test_the_balance_is_what_was_charged_without_what_was_paid(clerk: User) -> None:
    charge = ChargeFactory(amount=Decimal("12.97"))
    take_payment(charge.customer_id, by=clerk, amount=FIVE)
    give_refund(charge.customer_id, by=clerk, amount=Decimal("0.01"))
    assert balance_of(charge.customer_id) == Decimal("7.98")
    assert vars(Customer.objects.with_balance().get())["balance"] == Decimal("7.98")


def test_a_customer_without_entries_owes_nothing() -> None:
    assert balance_of(CustomerFactory().pk) == 0
    assert str(balance_of(0)) == "0.00"


def test_what_is_paid_beyond_becomes_credit(clerk: User) -> None:
    customer = CustomerFactory()
    take_payment(customer.pk, by=clerk, amount=FIVE)
    assert balance_of(customer.pk) == -FIVE


@pytest.mark.parametrize("amount", ["0", "0.00", "-1", "1000000000", "1000", "0.001", "5.000", "NaN", "Infinity"])
@pytest.mark.parametrize("act", [take_payment, give_refund])
def test_an_amount_that_is_none_is_refused(clerk: User, amount: str, act: Any) -> None:
    with pytest.raises(ValidationError, match="amount"):
        act(CustomerFactory().pk, by=clerk, amount=Decimal(amount))
    assert not Payment.objects.exists()


@pytest.mark.parametrize("amount", ["0.01", "999.99", "5", "5.5"])
def test_amounts_of_whole_cents_are_taken(clerk: User, amount: str) -> None:
    payment = take_payment(CustomerFactory().pk, by=clerk, amount=Decimal(amount))
    assert Payment.objects.get(pk=payment.pk).amount == Decimal(amount)


def test_a_payment_may_be_for_a_rental_of_the_customer(clerk: User) -> None:
    rental = RentalFactory()
    assert take_payment(rental.customer_id, by=clerk, amount=FIVE, rental_id=rental.pk).rental == rental


def test_a_payment_for_somebody_elses_rental_is_refused(clerk: User) -> None:
    with pytest.raises(ValidationError, match="rental_id"):
        take_payment(CustomerFactory().pk, by=clerk, amount=FIVE, rental_id=RentalFactory().pk)


def test_who_works_under_the_account_took_the_payment(clerk: User) -> None:
    person, other = StaffFactory(user=clerk), StaffFactory()
    customer = CustomerFactory()
    assert take_payment(customer.pk, by=clerk, amount=FIVE).staff == person
    assert take_payment(customer.pk, by=clerk, amount=FIVE, staff_id=other.pk).staff == other


def test_an_unknown_clerk_is_named_and_an_unknown_customer_is_missing(clerk: User) -> None:
    with pytest.raises(ValidationError, match="staff_id"):
        take_payment(CustomerFactory().pk, by=clerk, amount=FIVE, staff_id=2_000_000_000)
    with pytest.raises(Customer.DoesNotExist):
        take_payment(0, by=clerk, amount=FIVE)


def test_a_refund_is_an_entry_of_its_own(clerk: User) -> None:
    payment = PaymentFactory(amount=FIVE)
    give_refund(payment.customer_id, by=clerk, amount=Decimal("2.00"))
    rows = Payment.objects.order_by("pk").as_rows()
    assert [(row["kind"], row["amount"]) for row in rows] == [("payment", "5.00"), ("refund", "2.00")]


def test_more_than_was_paid_is_not_given_back(clerk: User) -> None:
    payment = PaymentFactory(amount=FIVE)
    give_refund(payment.customer_id, by=clerk, amount=Decimal("2.00"))
    with pytest.raises(RefundTooLarge) as caught:
        give_refund(payment.customer_id, by=clerk, amount=Decimal("3.01"))
    assert caught.value.facts == {"refundable": "3.00"}


def test_more_than_was_paid_for_a_rental_is_not_given_back_for_it(clerk: User) -> None:
    rental = RentalFactory()
    PaymentFactory(customer=rental.customer, amount=FIVE)
    with pytest.raises(RefundTooLarge):
        give_refund(rental.customer_id, by=clerk, amount=Decimal("0.01"), rental_id=rental.pk)


@pytest.mark.security
def test_a_producer_books_nothing(producer: User) -> None:
    for act in (take_payment, give_refund):
        with pytest.raises(NotAllowed):
            act(CustomerFactory().pk, by=producer, amount=FIVE)


@pytest.mark.parametrize("statement", ["UPDATE {} SET amount = 0", "DELETE FROM {}"])
@pytest.mark.parametrize("table", ["payment", "charge"])
def test_what_was_written_into_the_ledger_stays(statement: str, table: str) -> None:
    ChargeFactory()
    PaymentFactory()
    refused = pytest.raises(IntegrityError, match="append-only")
    with refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(table))


def test_a_rental_is_charged_once_for_each_reason() -> None:
    charge = ChargeFactory(kind="late")
    with pytest.raises(IntegrityError, match="charge_once_a_rental"):
        ChargeFactory(rental=charge.rental, kind="late")


def test_charges_as_rows_carry_money_as_text() -> None:
    ChargeFactory(amount=Decimal("3.50"))
    assert [row["amount"] for row in Charge.objects.as_rows()] == ["3.50"]
