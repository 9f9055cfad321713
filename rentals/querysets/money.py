from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Case, Value, When
from django.db.models.fields import TextField
from django.db.models.functions import Abs, Cast

from pipeline.services import Actor
from rentals.querysets.rows import Rows

if TYPE_CHECKING:
    # The base classes name them.
    from rentals.models import Charge, Payment  # noqa: F401


class PaymentQuerySet(models.QuerySet["Payment"]):
    def visible_to(self, user: Actor) -> Self:
        return self if user.has_perm("rentals.view_payment") else self.none()

    def as_rows(self) -> Rows:
        """The amount as text, and without the sign that makes it a refund."""
        rows: Rows = self.values("payment_id", "customer_id", "staff_id", "rental_id", "payment_date").annotate(
            kind=payment_kind(), amount=Cast(Abs("amount"), TextField())
        )
        return rows

    def as_csv_rows(self) -> Rows:
        rows: Rows = self.values("payment_id", "customer_id", "staff_id", "rental_id", "payment_date").annotate(
            kind=payment_kind(), amount=Abs("amount")
        )
        return rows


def payment_kind() -> Case:
    return Case(When(amount__lt=0, then=Value("refund")), default=Value("payment"))


class ChargeQuerySet(models.QuerySet["Charge"]):
    def visible_to(self, user: Actor) -> Self:
        return self if user.has_perm("rentals.view_charge") else self.none()

    def as_rows(self) -> Rows:
        rows: Rows = self.values("id", "customer_id", "rental_id", "kind", "charge_date").annotate(
            amount=Cast("amount", TextField())
        )
        return rows

    def as_csv_rows(self) -> Rows:
        return self.values("id", "customer_id", "rental_id", "kind", "amount", "charge_date")
