"""Who is late, and who pays most: lists like any other, of proxies that have rows of their own."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import DurationField, Exists, ExpressionWrapper, F, Max, OuterRef, Subquery, Value
from django.db.models.fields import DecimalField, IntegerField, TextField
from django.db.models.functions import Cast, Ceil, Coalesce, Extract, Now

from pipeline.services import Actor
from rentals.prices import LATE_FEE_A_DAY
from rentals.querysets.customers import CustomerQuerySet, sum_of
from rentals.querysets.rentals import RentalQuerySet
from rentals.querysets.rows import Rows, model, names

if TYPE_CHECKING:
    from typing import Self

SECONDS_A_DAY = 86_400
MONEY = DecimalField(max_digits=12, decimal_places=2)


class OverdueQuerySet(RentalQuerySet):
    def visible_to(self, user: Actor) -> "Self":
        """What is overdue now, the longest first."""
        return super().visible_to(user).open().filter(due_date__lt=Now()).order_by("due_date", "pk")

    def as_rows(self) -> Rows:
        """With the days begun since each was due, and what they cost so far."""
        late = ExpressionWrapper(Now() - F("due_date"), output_field=DurationField())
        days = Cast(Ceil(Extract(late, "epoch") / SECONDS_A_DAY), IntegerField())
        return self.values(
            "rental_id", "customer_id", "inventory_id", "rental_date", "due_date",
            film_id=F("inventory__film_id"), title=F("inventory__film__title"), store_id=F("inventory__store_id"),
            customer_name=names("customer__"), email=F("customer__email"), phone=F("customer__address__phone"),
            days_late=days, late_fee=Cast(Cast(days * LATE_FEE_A_DAY, MONEY), TextField()),
        )  # fmt: skip


class BestCustomerQuerySet(CustomerQuerySet):
    def visible_to(self, user: Actor) -> "Self":
        """Who paid something, by how much that was, most first; refunds are taken off."""
        payments = model("Payment").objects.filter(customer=OuterRef("pk")).order_by()
        paying = super().visible_to(user).filter(Exists(payments))
        # Not by the name of the row's `paid`, which is text: "9.00" would come before "10.00".
        return paying.alias(sum_paid=sum_of("Payment")).order_by("-sum_paid", "pk")

    def as_rows(self) -> Rows:
        rentals = model("Rental").objects.filter(customer=OuterRef("pk")).order_by().values("customer")
        count = Subquery(rentals.annotate(n=models.Count("pk")).values("n"), output_field=IntegerField())
        last = Subquery(rentals.annotate(last=Max("rental_date")).values("last"))
        return self.values(
            "customer_id", "first_name", "last_name", "email", "store_id",
            paid=Cast(sum_of("Payment"), TextField()), rentals_count=Coalesce(count, Value(0)), last_rental_date=last,
        )  # fmt: skip

    def as_csv_rows(self) -> Rows:
        return self.as_rows()
