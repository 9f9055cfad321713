"""Copies that come back, or are kept for longer."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils import timezone

from catalog.models import Film
from pipeline.services import Actor, demand
from rentals import prices
from rentals.errors import ReturnedAlready, SomebodyWaits
from rentals.models import Charge, ChargeKind, Hold, Rental
from rentals.services.ledger import balance_of, still_owed_for
from rentals.services.queue import serve_queue
from rentals.services.writing import saved, written

MOST_DAYS = 365


@dataclass(frozen=True)
class Returned:
    """What a return came to: `owed` is what this rental still costs, `balance` all that the customer owes."""

    rental: Rental
    charges: list[Charge]
    owed: Decimal
    balance: Decimal


def return_copy(rental_id: int, *, by: Actor, at: datetime | None = None) -> Returned:
    """Takes a copy back, charges what it costs, and keeps it for who waits longest.

    Locks the rental, the copy and the film. The rate is charged once: not again where an import charged it. Raises
    ReturnedAlready, Rental.DoesNotExist.
    """
    demand(by, "rentals.change_rental")
    with written():
        rental = lock_open(rental_id)
        film = Film.objects.lock_one(rental.inventory.film_id)
        now = max(at or timezone.now(), rental.rental_date)
        rental.return_date = now
        saved(rental)
        charges = charge(rental, film, now)
        serve_queue(film.pk, now)
        return Returned(rental, charges, still_owed_for(rental.pk), balance_of(rental.customer_id))


def lock_open(rental_id: int) -> Rental:
    """The rental and its copy, locked in that order. Raises ReturnedAlready, Rental.DoesNotExist."""
    locked = Rental.objects.select_related("inventory").select_for_update(of=("self", "inventory"), no_key=True)
    rental = locked.get(pk=rental_id)
    if rental.return_date:
        raise ReturnedAlready(rental.pk, return_date=rental.return_date)
    return rental


def charge(rental: Rental, film: Film, returned: datetime) -> list[Charge]:
    costs = prices.costs_at_return(
        rental_date=rental.rental_date,
        due_date=rental.due_date,
        returned=returned,
        rental_rate=film.rental_rate,
        replacement_cost=film.replacement_cost,
        rate_is_charged=rental.charges.filter(kind=ChargeKind.IMPORTED, amount__gt=0).exists(),
    )
    return Charge.objects.bulk_create(
        Charge(customer_id=rental.customer_id, rental=rental, charge_date=returned, kind=kind, amount=amount)
        for kind, amount in costs
    )


def extend_rental(rental_id: int, *, by: Actor, days: int, at: datetime | None = None) -> Rental:
    """Lets a customer keep a copy for so many days more. Locks the rental, the copy and the film.

    Raises SomebodyWaits, ReturnedAlready, ValidationError for a number of days that is not 1 to 365,
    Rental.DoesNotExist.
    """
    demand(by, "rentals.change_rental")
    if not 1 <= days <= MOST_DAYS:
        raise ValidationError({"days": f"A whole number from 1 to {MOST_DAYS}."})
    with written():
        rental = lock_open(rental_id)
        Film.objects.lock_one(rental.inventory.film_id)
        waiting = Hold.objects.waiting().filter(film=rental.inventory.film_id).count()
        if waiting:
            raise SomebodyWaits(waiting=waiting)
        rental.due_date = later(rental.due_date, days)
        return saved(rental)


def later(due_date: datetime, days: int) -> datetime:
    try:
        return prices.due_after(due_date, days)
    except OverflowError as error:
        raise ValidationError({"days": "The calendar ends before that."}) from error
