import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from catalog.models import Film, RecordModel
from pipeline.models import VersionedModel
from rentals.models.customer import Customer
from rentals.models.stores import Inventory, Staff
from rentals.querysets import HoldQuerySet, RentalQuerySet


class Rental(RecordModel):
    """A copy in a customer's hands, from `rental_date` until it comes back; `due_date` is agreed when it goes out."""

    rental_id = models.AutoField(primary_key=True)
    rental_date = models.DateTimeField()
    inventory = models.ForeignKey(Inventory, on_delete=models.PROTECT, related_name="rentals")
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="rentals", db_index=False)
    return_date = models.DateTimeField(null=True, blank=True)
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="rentals")
    # Pagila derives it from the film; ours can be extended, and stays when the film's duration changes.
    due_date = models.DateTimeField()

    objects = RentalQuerySet.as_manager()

    class Meta(RecordModel.Meta):
        db_table = "rental"
        ordering = ["rental_id"]
        constraints = [
            models.UniqueConstraint(
                fields=["inventory"], name="rental_one_open_a_copy", condition=Q(return_date__isnull=True)
            ),
            models.UniqueConstraint(fields=["rental_date", "inventory", "customer"], name="rental_once_a_moment"),
            models.CheckConstraint(
                condition=Q(return_date__isnull=True) | Q(return_date__gte=F("rental_date")),
                name="rental_dates_in_order",
            ),
            models.CheckConstraint(condition=Q(due_date__gt=F("rental_date")), name="rental_due_after_start"),
        ]
        indexes = [
            models.Index(fields=["customer", "rental_id"], name="rental_of_customer"),
            models.Index(fields=["rental_date", "rental_id"], name="rental_by_date"),
            models.Index(
                fields=["due_date", "rental_id"], name="rental_open_by_due_date", condition=Q(return_date=None)
            ),
            models.Index(
                fields=["customer", "rental_id"], name="rental_open_of_customer", condition=Q(return_date=None)
            ),
            models.Index(fields=["rental_id"], name="rental_open", condition=Q(return_date=None)),
        ]
        triggers = [
            *RecordModel.Meta.triggers,
            pgtrigger.Trigger(
                name="agree_due_date",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                condition=pgtrigger.Q(new__due_date__isnull=True),
                func="""
                    SELECT NEW.rental_date + film.rental_duration * interval '1 day' INTO NEW.due_date
                    FROM inventory JOIN film USING (film_id) WHERE inventory_id = NEW.inventory_id;
                    IF NOT FOUND THEN
                        RAISE foreign_key_violation USING
                            MESSAGE = format('rental %s is of a copy that does not exist', NEW.rental_id),
                            TABLE = 'rental', COLUMN = 'inventory_id';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"Rental {self.rental_id}"


class HoldState(models.TextChoices):
    WAITING = "waiting"
    READY = "ready"
    EXPIRED = "expired"


LIVE = (HoldState.WAITING, HoldState.READY)


class Hold(VersionedModel):
    """A customer's place in the queue for a film; while `ready`, a copy is kept until `ready_until`.

    The row goes when the customer rents the copy, or takes the hold back.
    """

    film = models.ForeignKey(Film, on_delete=models.PROTECT, related_name="holds", db_index=False)
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="holds")
    state = models.CharField(max_length=10, choices=HoldState, default=HoldState.WAITING)
    inventory = models.ForeignKey(
        Inventory, on_delete=models.PROTECT, related_name="holds", null=True, blank=True, db_index=False
    )
    ready_until = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = HoldQuerySet.as_manager()

    class Meta(VersionedModel.Meta):
        db_table = "film_hold"
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=HoldState.values), name="film_hold_state_known"),
            models.CheckConstraint(
                condition=Q(state=HoldState.READY, inventory__isnull=False, ready_until__isnull=False)
                | (~Q(state=HoldState.READY) & Q(inventory__isnull=True)),
                name="film_hold_ready_has_copy",
            ),
            models.UniqueConstraint(
                fields=["film", "customer"], name="film_hold_once_a_customer", condition=Q(state__in=LIVE)
            ),
            models.UniqueConstraint(fields=["inventory"], name="film_hold_one_a_copy"),
        ]
        indexes = [
            models.Index(fields=["film", "id"], name="film_hold_queue", condition=Q(state__in=LIVE)),
            models.Index(fields=["film", "id"], name="film_hold_of_film"),
            models.Index(fields=["ready_until", "id"], name="film_hold_to_expire", condition=Q(state=HoldState.READY)),
        ]

    def __str__(self) -> str:
        return f"Hold {self.pk}"
