import pgtrigger
from django.contrib.postgres.functions import TransactionNow
from django.db import models
from django.db.models import Q
from django.utils import timezone

from rentals.models.customer import Customer
from rentals.models.rental import Rental
from rentals.models.stores import Staff
from rentals.querysets import ChargeQuerySet, PaymentQuerySet


def append_only() -> pgtrigger.Trigger:
    """A trigger that refuses to change or delete what was written into the ledger."""
    return pgtrigger.Trigger(
        name="append_only",
        when=pgtrigger.Before,
        operation=pgtrigger.Update | pgtrigger.Delete,
        func="""
            RAISE restrict_violation USING
                MESSAGE = format('%s is append-only: write an entry that sets it right', TG_TABLE_NAME);
        """,
    )


class Payment(models.Model):
    """Money that came in, or, below nothing, was given back."""

    payment_id = models.AutoField(primary_key=True)
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="payments", db_index=False)
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="payments", null=True)
    rental = models.ForeignKey(Rental, on_delete=models.PROTECT, related_name="payments", null=True)
    amount = models.DecimalField(max_digits=5, decimal_places=2)
    payment_date = models.DateTimeField(default=timezone.now, db_default=TransactionNow())

    objects = PaymentQuerySet.as_manager()

    class Meta:
        db_table = "payment"
        ordering = ["-payment_id"]
        indexes = [
            models.Index(fields=["customer", "payment_id"], include=["amount"], name="payment_of_customer"),
            models.Index(fields=["payment_date"], include=["amount"], name="payment_by_date"),
        ]
        triggers = [append_only()]

    def __str__(self) -> str:
        return f"Payment {self.payment_id}"


class ChargeKind(models.TextChoices):
    RENTAL = "rental"
    LATE = "late"
    REPLACEMENT = "replacement"
    # What an imported payment paid for.
    IMPORTED = "imported"


class Charge(models.Model):
    """Money that a customer owes, until payments make up for it."""

    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="charges", db_index=False)
    rental = models.ForeignKey(Rental, on_delete=models.PROTECT, related_name="charges", null=True)
    kind = models.CharField(max_length=20, choices=ChargeKind)
    amount = models.DecimalField(max_digits=8, decimal_places=2)
    charge_date = models.DateTimeField(default=timezone.now, db_default=TransactionNow())

    objects = ChargeQuerySet.as_manager()

    class Meta:
        db_table = "charge"
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=ChargeKind.values), name="charge_kind_known"),
            models.CheckConstraint(
                condition=Q(amount__gt=0) | Q(amount=0, kind__in=[ChargeKind.RENTAL, ChargeKind.IMPORTED]),
                name="charge_amount_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(kind=ChargeKind.IMPORTED) | Q(rental__isnull=False), name="charge_of_a_rental"
            ),
            models.UniqueConstraint(
                fields=["rental", "kind"], name="charge_once_a_rental", condition=~Q(kind=ChargeKind.IMPORTED)
            ),
        ]
        indexes = [models.Index(fields=["customer", "id"], include=["amount"], name="charge_of_customer")]
        triggers = [append_only()]

    def __str__(self) -> str:
        return f"{self.kind} {self.amount}"
