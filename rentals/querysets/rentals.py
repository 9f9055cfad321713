from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Case, Count, Exists, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Now

from pipeline.querysets import VersionedQuerySet
from pipeline.services import Actor
from rentals.querysets.rows import Rows, model, names

if TYPE_CHECKING:
    # The base classes name them.
    from rentals.models import Hold, Rental  # noqa: F401


class RentalQuerySet(VersionedQuerySet["Rental"]):
    def visible_to(self, user: Actor) -> Self:
        return self if user.has_perm("rentals.view_rental") else self.none()

    def open(self) -> Self:
        """Not back yet."""
        return self.filter(return_date=None)

    def returned(self) -> Self:
        return self.filter(return_date__isnull=False)

    def overdue(self, at: datetime) -> Self:
        """Not back, though the days that were agreed are over."""
        return self.open().filter(due_date__lt=at)

    def not_overdue(self, at: datetime) -> Self:
        """Back, or still within the days that were agreed."""
        return self.filter(Q(return_date__isnull=False) | Q(due_date__gte=at))

    def as_rows(self) -> Rows:
        return self.values(
            "rental_id", "rental_date", "customer_id", "inventory_id", "staff_id", "due_date", "return_date",
            "last_update", "row_version",
            film_id=F("inventory__film_id"), title=F("inventory__film__title"), store_id=F("inventory__store_id"),
            customer_name=names("customer__"),
        )  # fmt: skip

    def as_csv_rows(self) -> Rows:
        return self.as_rows()


class HoldQuerySet(VersionedQuerySet["Hold"]):
    def visible_to(self, user: Actor) -> Self:
        return self if user.has_perm("rentals.view_hold") else self.none()

    def waiting(self) -> Self:
        return self.filter(state="waiting")

    def kept(self) -> Self:
        """Those for whom a copy is kept now."""
        return self.filter(state="ready", ready_until__gt=Now())

    def over(self, at: datetime) -> Self:
        """Those for whom a copy was kept, whose time is over, and of whom nobody took note yet."""
        return self.filter(state="ready", ready_until__lte=at)

    def missed(self) -> Self:
        """Those who wait for a film of which a copy lies on the shelf, kept for nobody."""
        copies = model("Inventory").objects.on_shelf().filter(film=OuterRef("film"))
        return self.waiting().filter(Exists(copies))

    def as_rows(self) -> Rows:
        """With the place in the queue, from 1, and with the state of this moment, whatever was written down."""
        is_over = Q(state="expired") | Q(state="ready", ready_until__lte=Now())
        before = self.model._base_manager.filter(film=OuterRef("film"), pk__lte=OuterRef("pk"))
        ahead = before.exclude(is_over).order_by().values("film")
        place = Subquery(ahead.annotate(n=Count("pk")).values("n"), output_field=models.IntegerField())
        rows: Rows = self.values(
            "id", "film_id", "customer_id", "inventory_id", "ready_until", "created_at", "row_version",
            title=F("film__title"), customer_name=names("customer__"),
        ).annotate(
            state=Case(When(is_over, then=Value("expired")), default=F("state")),
            position=Case(When(is_over, then=None), default=place),
        )  # fmt: skip
        return rows

    def as_csv_rows(self) -> Rows:
        return self.as_rows()
