from datetime import date
from typing import TYPE_CHECKING, Self

from django.db.models import Case, OuterRef, Q, Subquery, Sum, Value, When
from django.db.models.fields import BooleanField, DecimalField
from django.db.models.functions import Coalesce, JSONObject

from pipeline.querysets import VersionedQuerySet
from pipeline.services import Actor
from rentals.querysets.rows import Rows, model

if TYPE_CHECKING:
    # The base classes name them.
    from rentals.models import Customer, StreamingSubscription  # noqa: F401

MONEY = DecimalField(max_digits=12, decimal_places=2)
# Pagila says it twice; a null says nothing.
ACTIVE = Q(activebool=True) & (Q(active__isnull=True) | ~Q(active=0))


def sum_of(entries: str) -> Coalesce:
    """The sum of the outer customer's charges or payments."""
    of_customer = model(entries).objects.filter(customer=OuterRef("pk")).order_by().values("customer")
    total = of_customer.annotate(total=Sum("amount")).values("total")
    return Coalesce(Subquery(total, output_field=MONEY), Value(0, MONEY))


class CustomerQuerySet(VersionedQuerySet["Customer"]):
    def visible_to(self, user: Actor) -> Self:
        return self if user.has_perm("rentals.view_customer") else self.none()

    def active(self) -> Self:
        """Both of Pagila's columns say so; a null says nothing."""
        return self.filter(ACTIVE)

    def inactive(self) -> Self:
        return self.exclude(ACTIVE)

    def matching(self, words: str) -> Self:
        """Every word stands in a name or the e-mail, regardless of case; a number is a customer's id too."""
        found = self
        for word in words.split():
            parts = Q(first_name__icontains=word) | Q(last_name__icontains=word) | Q(email__icontains=word)
            is_id = word.isascii() and word.isdecimal() and len(word) < 10
            found = found.filter(parts | Q(pk=int(word)) if is_id else parts)
        return found

    def with_balance(self) -> Self:
        """Each with what they owe; below nothing is credit."""
        return self.annotate(balance=sum_of("Charge") - sum_of("Payment"))

    def as_rows(self) -> Rows:
        rows: Rows = self.values(
            "customer_id", "store_id", "first_name", "last_name", "email", "address_id", "create_date", "last_update",
            "row_version",
        ).annotate(active=is_active(), address=address_object())  # fmt: skip
        return rows

    def as_csv_rows(self) -> Rows:
        rows: Rows = self.values(
            "customer_id", "store_id", "first_name", "last_name", "email", "address_id", "create_date", "last_update"
        ).annotate(active=is_active())
        return rows


def is_active() -> Case:
    return Case(When(ACTIVE, then=True), default=False, output_field=BooleanField())


def address_object() -> JSONObject:
    columns = ("address_id", "address", "address2", "district", "city_id", "postal_code", "phone")
    places = {"city": "address__city__city", "country": "address__city__country__country"}
    return JSONObject(**{name: f"address__{name}" for name in columns}, **places)


class SubscriptionQuerySet(VersionedQuerySet["StreamingSubscription"]):
    def visible_to(self, user: Actor) -> Self:
        return self if user.has_perm("rentals.view_streamingsubscription") else self.none()

    def running(self, on: date) -> Self:
        """Those of which the day is one; the last day counts."""
        return self.overlapping(on, on)

    def overlapping(self, first: date, last: date | None) -> Self:
        """Those that run on at least one of the days; without a last one there is no end."""
        begun = Q() if last is None else Q(start_date__lte=last)
        return self.filter(begun, Q(end_date__isnull=True) | Q(end_date__gte=first))

    def as_rows(self) -> Rows:
        return self.values("id", "customer_id", "plan_name", "start_date", "end_date", "row_version")

    def as_csv_rows(self) -> Rows:
        return self.values("id", "customer_id", "plan_name", "start_date", "end_date")
