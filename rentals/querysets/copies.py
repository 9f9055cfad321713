from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Self

from django.db.models import Case, Count, Exists, F, IntegerField, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce

from pipeline.querysets import VersionedQuerySet
from pipeline.services import Actor
from rentals.querysets.rows import Rows, model, names

if TYPE_CHECKING:
    # The base classes name them.
    from rentals.models import Inventory, Staff, Store  # noqa: F401


def open_rentals() -> Any:
    """The open rental of the outer query's copy."""
    return model("Rental").objects.filter(inventory=OuterRef("pk"), return_date=None).order_by()


def kept() -> Any:
    """The hold for which the outer query's copy is kept now."""
    return model("Hold").objects.kept().filter(inventory=OuterRef("pk")).order_by()


def free_of_film() -> Coalesce:
    """How many copies of the outer query's film whoever comes may rent."""
    copies = model("Inventory").objects.filter(film=OuterRef("pk")).free().order_by().values("film")
    return Coalesce(Subquery(copies.annotate(n=Count("pk")).values("n"), output_field=IntegerField()), 0)


def has_free_copy() -> Exists:
    """Whether there is one at all, which is quicker to know than how many."""
    return Exists(model("Inventory").objects.filter(film=OuterRef("pk")).free().order_by())


class StoreQuerySet(VersionedQuerySet["Store"]):
    def visible_to(self, user: Actor) -> Self:
        return self if user.has_perm("rentals.view_store") else self.none()

    def as_rows(self) -> Rows:
        return self.values(
            "store_id", "manager_staff_id", "address_id", "last_update", "row_version",
            manager=names("manager_staff__"),
            city=F("address__city__city"), country=F("address__city__country__country"),
        )  # fmt: skip

    def as_csv_rows(self) -> Rows:
        return self.as_rows()


class StaffQuerySet(VersionedQuerySet["Staff"]):
    def visible_to(self, user: Actor) -> Self:
        return self if user.has_perm("rentals.view_staff") else self.none()

    def as_rows(self) -> Rows:
        return self.values(
            "staff_id", "first_name", "last_name", "email", "store_id", "active", "last_update", "row_version"
        )

    def as_csv_rows(self) -> Rows:
        return self.as_rows()


class InventoryQuerySet(VersionedQuerySet["Inventory"]):
    def visible_to(self, user: Actor) -> Self:
        return self if user.has_perm("rentals.view_inventory") else self.none()

    def in_stock(self) -> Self:
        """In the store, though perhaps kept for somebody."""
        return self.filter(~Exists(open_rentals()), state="available")

    def on_shelf(self) -> Self:
        """In the store, and kept for nobody."""
        return self.in_stock().filter(~Exists(kept()))

    def free(self) -> Self:
        """On the shelf while nobody waits for the film: whoever comes may rent it."""
        waiting = model("Hold").objects.filter(film=OuterRef("film"), state="waiting").order_by()
        return self.on_shelf().filter(~Exists(waiting))

    def nearest_to(self, store_id: int) -> Self:
        """Those of the store first."""
        return self.order_by(Case(When(store=store_id, then=0), default=1), "pk")

    def as_rows(self) -> Rows:
        due = Subquery(open_rentals().values("due_date")[:1])
        return self.values(
            "inventory_id", "film_id", "store_id", "state", "last_update", "row_version",
            title=F("film__title"), in_stock=Q(Exists(self.model.objects.in_stock().filter(pk=OuterRef("pk")))),
            due_date=due,
        )  # fmt: skip

    def as_csv_rows(self) -> Rows:
        return self.as_rows()

    def as_copies(self) -> Rows:
        """As anybody may see a film's copies: where they are, not who has them."""
        state = Case(
            When(~Q(state="available"), then=F("state")),
            When(Exists(open_rentals()), then=Value("out")),
            When(Exists(kept()), then=Value("held")),
            default=Value("in"),
        )
        due = Subquery(open_rentals().values("due_date")[:1])
        rows: Rows = self.values("inventory_id", "store_id").annotate(state=state, due_date=due)
        return rows

    def as_lines(self, beside: Sequence[int] = ()) -> Rows:
        """As the desk shows copies: who has each or for whom it is kept, and another one that is free.

        Those `beside` are on the desk already, and not offered.
        """
        others = self.model.objects.filter(film=OuterRef("film")).exclude(pk=OuterRef("pk")).exclude(pk__in=beside)
        near = Case(When(store=OuterRef("store"), then=0), default=1)
        rows: Rows = self.as_copies().annotate(
            of_film=F("film_id"),
            title=F("film__title"),
            price=F("film__rental_rate"),
            days=F("film__rental_duration"),
            rental_id=Subquery(open_rentals().values("pk")[:1]),
            rented_since=Subquery(open_rentals().values("rental_date")[:1]),
            renter_id=Subquery(open_rentals().values("customer_id")[:1]),
            renter=Subquery(open_rentals().values_list(names("customer__"))[:1]),
            kept_for=Subquery(kept().values("customer_id")[:1]),
            kept_until=Subquery(kept().values("ready_until")[:1]),
            next_free=Subquery(others.free().annotate(near=near).order_by("near", "pk").values("pk")[:1]),
        )
        return rows
