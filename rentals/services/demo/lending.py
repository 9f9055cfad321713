"""What went over the demo's desks."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal

from catalog.models import Film
from rentals import prices
from rentals.models import Charge, Customer, Hold, HoldState, Inventory, Payment, Rental, Staff
from rentals.services.demo.plan import HOLDS, KEPT, LOANS, LoanPlan
from rentals.services.queue import KEPT_FOR

# By the film's place and the copy's.
Copies = Mapping[tuple[int, int], Inventory]
# How many of the charges were paid.
PAID = {"all": None, "rate": 1, "nothing": 0}


def lend(copies: Copies, customers: Sequence[Customer], staff: Sequence[Staff], now: datetime) -> list[Rental]:
    rentals = Rental.objects.bulk_create(
        rental(plan, copies[plan.film, plan.copy], customers[plan.customer], staff[plan.film % len(staff)], now)
        for plan in LOANS
    )
    back = [(plan, row) for plan, row in zip(LOANS, rentals, strict=True) if row.return_date]
    Charge.objects.bulk_create(charge for _, row in back for charge in charges_of(row, row.return_date or now))
    payments = (payment(plan, row, row.return_date or now) for plan, row in back)
    Payment.objects.bulk_create(row for row in payments if row.amount)
    return rentals


def rental(plan: LoanPlan, copy: Inventory, customer: Customer, clerk: Staff, now: datetime) -> Rental:
    began = now - timedelta(days=plan.days_ago)
    return Rental(
        inventory=copy,
        customer=customer,
        staff=clerk,
        rental_date=began,
        due_date=prices.due_after(began, copy.film.rental_duration),
        return_date=None if plan.kept is None else began + timedelta(days=plan.kept),
    )


def charges_of(row: Rental, returned: datetime) -> list[Charge]:
    film = row.inventory.film
    costs = prices.costs_at_return(
        rental_date=row.rental_date,
        due_date=row.due_date,
        returned=returned,
        rental_rate=film.rental_rate,
        replacement_cost=film.replacement_cost,
    )
    return [Charge(customer=row.customer, rental=row, charge_date=returned, **cost._asdict()) for cost in costs]


def payment(plan: LoanPlan, row: Rental, returned: datetime) -> Payment:
    paid = charges_of(row, returned)[: PAID[plan.paid]]
    amount = sum((charge.amount for charge in paid), Decimal(0))
    return Payment(customer=row.customer, rental=row, staff=row.staff, amount=amount, payment_date=returned)


def make_queue(films: Sequence[Film], customers: Sequence[Customer], copies: Copies, now: datetime) -> None:
    holds = [Hold(film=films[film], customer=customers[customer]) for film, customer in HOLDS]
    first = holds[0]
    first.state, first.inventory, first.ready_until = HoldState.READY, copies[KEPT], now + KEPT_FOR
    Hold.objects.bulk_create(holds)
