from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from catalog.services.films import change_film
from config.accounts.models import User
from pipeline.errors import NotAllowed
from rentals.errors import ReturnedAlready, SomebodyWaits
from rentals.models import Charge, Rental
from rentals.services.ledger import balance_of, take_payment
from rentals.services.returning import extend_rental, return_copy
from rentals.tests.factories import NOON, ChargeFactory, HoldFactory, PaymentFactory, RentalFactory

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.mark.sanity
def test_what_comes_back_in_time_costs_the_rate(clerk: User) -> None:
    rental = RentalFactory()
    returned = return_copy(rental.pk, by=clerk, at=NOON + DAY)
    assert [(charge.kind, charge.amount) for charge in returned.charges] == [("rental", Decimal("2.99"))]
    assert (returned.owed, returned.balance) == (Decimal("2.99"), Decimal("2.99"))
    assert Rental.objects.get().return_date == NOON + DAY


def test_what_comes_back_too_late_costs_rate_days_and_copy(clerk: User) -> None:
    rental = RentalFactory()
    returned = return_copy(rental.pk, by=clerk, at=NOON + 6 * DAY + timedelta(seconds=1))
    amounts = {"rental": Decimal("2.99"), "late": Decimal("4.00"), "replacement": Decimal("19.99")}
    assert dict(Charge.objects.values_list("kind", "amount")) == amounts
    assert returned.owed == Decimal("26.98")


def test_an_extended_rental_is_late_later(clerk: User) -> None:
    rental = RentalFactory()
    extend_rental(rental.pk, by=clerk, days=4)
    returned = return_copy(rental.pk, by=clerk, at=NOON + 7 * DAY)
    assert [charge.kind for charge in returned.charges] == ["rental"]


def test_the_rate_is_the_films_when_the_copy_comes_back(clerk: User) -> None:
    rental = RentalFactory()
    change_film(rental.inventory.film_id, by=clerk, rental_rate=Decimal("0.99"))
    assert return_copy(rental.pk, by=clerk, at=NOON).owed == Decimal("0.99")


def test_the_days_are_those_that_were_agreed(clerk: User) -> None:
    rental = RentalFactory()
    change_film(rental.inventory.film_id, by=clerk, rental_duration=1)
    assert return_copy(rental.pk, by=clerk, at=NOON + 3 * DAY).owed == Decimal("2.99")


def test_what_was_paid_for_the_rental_before_is_not_owed(clerk: User) -> None:
    rental = RentalFactory()
    take_payment(rental.customer_id, by=clerk, amount=Decimal("2.00"), rental_id=rental.pk)
    assert return_copy(rental.pk, by=clerk, at=NOON).owed == Decimal("0.99")


def test_what_else_the_customer_owes_is_in_the_balance_alone(clerk: User) -> None:
    rental = RentalFactory()
    ChargeFactory(rental__customer=rental.customer, amount=Decimal("5.00"))
    returned = return_copy(rental.pk, by=clerk, at=NOON)
    assert (returned.owed, returned.balance) == (Decimal("2.99"), Decimal("7.99"))


def test_the_rate_of_an_imported_rental_is_not_charged_twice(clerk: User) -> None:
    rental = RentalFactory()
    ChargeFactory(rental=rental, kind="imported")
    PaymentFactory(rental=rental, customer=rental.customer)
    assert return_copy(rental.pk, by=clerk, at=NOON).charges == []
    assert balance_of(rental.customer_id) == 0


def test_an_imported_rental_for_which_nothing_was_paid_is_charged(clerk: User) -> None:
    rental = RentalFactory()
    ChargeFactory(rental=rental, kind="imported", amount=0)
    assert return_copy(rental.pk, by=clerk, at=NOON).owed == Decimal("2.99")


def test_a_clock_that_went_back_never_ends_a_rental_before_it_began(clerk: User) -> None:
    rental = RentalFactory()
    assert return_copy(rental.pk, by=clerk, at=NOON - DAY).rental.return_date == NOON


def test_what_is_back_does_not_come_back_again(clerk: User) -> None:
    rental = RentalFactory()
    return_copy(rental.pk, by=clerk, at=NOON)
    with pytest.raises(ReturnedAlready) as caught:
        return_copy(rental.pk, by=clerk, at=NOON + DAY)
    assert caught.value.facts["return_date"] == NOON
    assert Charge.objects.count() == 1


def test_a_copy_that_came_back_goes_out_again() -> None:
    rental = RentalFactory(return_date=NOON + DAY)
    assert RentalFactory(inventory=rental.inventory, rental_date=NOON + 2 * DAY).pk


@pytest.mark.parametrize("days", [0, -1, 366])
def test_an_impossible_number_of_days_is_refused(clerk: User, days: int) -> None:
    with pytest.raises(ValidationError, match="days"):
        extend_rental(RentalFactory().pk, by=clerk, days=days)


def test_a_rental_is_not_extended_beyond_the_calendar(clerk: User) -> None:
    rental = RentalFactory(due_date=datetime(9999, 12, 1, tzinfo=UTC))
    with pytest.raises(ValidationError, match="days"):
        extend_rental(rental.pk, by=clerk, days=365)


def test_a_rental_is_not_extended_while_somebody_waits(clerk: User) -> None:
    rental = RentalFactory()
    HoldFactory(film=rental.inventory.film)
    with pytest.raises(SomebodyWaits) as caught:
        extend_rental(rental.pk, by=clerk, days=1)
    assert caught.value.facts == {"waiting": 1}
    assert Rental.objects.get().due_date == rental.due_date


def test_a_rental_that_ended_is_not_extended(clerk: User) -> None:
    with pytest.raises(ReturnedAlready):
        extend_rental(RentalFactory(return_date=NOON).pk, by=clerk, days=1)


@pytest.mark.security
def test_a_producer_takes_nothing_back_and_extends_nothing(producer: User) -> None:
    rental = RentalFactory()
    with pytest.raises(NotAllowed):
        return_copy(rental.pk, by=producer)
    with pytest.raises(NotAllowed):
        extend_rental(rental.pk, by=producer, days=1)


def test_an_unknown_rental_is_missing(clerk: User) -> None:
    with pytest.raises(Rental.DoesNotExist):
        return_copy(2_000_000_000, by=clerk)
