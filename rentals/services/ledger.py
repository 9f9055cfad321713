"""What customers owe: charges against payments, both only ever added to."""

from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db.models import QuerySet, Sum

from pipeline.services import Actor, demand
from rentals.errors import RefundTooLarge
from rentals.models import Charge, Customer, Payment, Rental, Staff
from rentals.services.writing import named, saved, written

NOTHING = Decimal("0.00")
CENT = Decimal("0.01")
# What the column holds.
MOST = Decimal("999.99")


def balance_of(customer_id: int) -> Decimal:
    """What the customer owes; below nothing is credit."""
    charged, paid = Charge.objects.filter(customer=customer_id), Payment.objects.filter(customer=customer_id)
    return sum_of(charged) - sum_of(paid)


def still_owed_for(rental_id: int) -> Decimal:
    """What one rental still costs: its charges without what was paid for it."""
    return sum_of(Charge.objects.filter(rental=rental_id)) - sum_of(Payment.objects.filter(rental=rental_id))


def sum_of(entries: "QuerySet[Charge] | QuerySet[Payment]") -> Decimal:
    total: Decimal | None = entries.order_by().aggregate(total=Sum("amount"))["total"]
    return total or NOTHING


def take_payment(
    customer_id: int, *, by: Actor, amount: Decimal, rental_id: int | None = None, staff_id: int | None = None
) -> Payment:
    """Books money that came in; more than is owed becomes credit.

    Without `staff_id` it was taken by who works in a store under this account, if anybody. Raises ValidationError for
    an amount that is not 0.01 to 999.99 in whole cents, for a rental that is not the customer's, for an unknown clerk;
    Customer.DoesNotExist.
    """
    demand(by, "rentals.add_payment")
    refuse_amount(amount)
    with written():
        customer = Customer.objects.get(pk=customer_id)
        return saved(entry(customer, by, amount, rental_id, staff_id))


def give_refund(
    customer_id: int, *, by: Actor, amount: Decimal, rental_id: int | None = None, staff_id: int | None = None
) -> Payment:
    """Books money that was given back: an entry below nothing. Locks the customer.

    Raises RefundTooLarge beyond what was paid (for the rental, where one is named), and what `take_payment` raises.
    """
    demand(by, "rentals.add_payment")
    refuse_amount(amount)
    with written():
        customer = Customer.objects.lock_one(customer_id)
        refund = entry(customer, by, -amount, rental_id, staff_id)
        payments = Payment.objects.filter(customer=customer)
        paid = sum_of(payments.filter(rental=rental_id) if rental_id else payments)
        if amount > paid:
            raise RefundTooLarge(paid=paid)
        return saved(refund)


def refuse_amount(amount: Decimal) -> None:
    exponent = amount.as_tuple().exponent
    if not (isinstance(exponent, int) and exponent >= -2 and CENT <= amount <= MOST):
        raise ValidationError({"amount": f"An amount from {CENT} to {MOST}, with two decimals at most."})


def entry(customer: Customer, by: Actor, amount: Decimal, rental_id: int | None, staff_id: int | None) -> Payment:
    rental = None
    if rental_id is not None:
        rental = named(Rental.objects.filter(customer=customer), rental_id, "rental_id")
    clerk = Staff.objects.filter(user=by.pk).first()
    if staff_id is not None:
        clerk = named(Staff.objects.all(), staff_id, "staff_id")
    return Payment(customer=customer, rental=rental, staff=clerk, amount=amount)
