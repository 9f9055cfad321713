from django.conf import settings
from django.db import models
from django.db.models import Q

from catalog.models import Film, RecordModel, TextLine
from rentals.models.places import Address
from rentals.querysets import InventoryQuerySet, StaffQuerySet, StoreQuerySet


class Staff(RecordModel):
    """Who works in a store. Nobody signs in with this row's name and password: `user` is the account that does."""

    staff_id = models.AutoField(primary_key=True)
    first_name = TextLine(max_length=45)
    last_name = TextLine(max_length=45)
    address = models.ForeignKey(Address, on_delete=models.PROTECT, related_name="staff")
    email = TextLine(max_length=254, null=True, blank=True)
    store = models.ForeignKey("Store", on_delete=models.PROTECT, related_name="staff")
    active = models.BooleanField(default=True, db_default=True)
    username = TextLine(max_length=50)
    # Pagila's: loaded, never read and never shown.
    password = TextLine(max_length=100, null=True, blank=True, editable=False)
    picture = models.BinaryField(null=True, blank=True, editable=False)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="staff_row"
    )

    objects = StaffQuerySet.as_manager()

    class Meta(RecordModel.Meta):
        db_table = "staff"
        ordering = ["staff_id"]
        verbose_name_plural = "staff"

    def __str__(self) -> str:
        return f"{self.first_name} {self.last_name}"


class Store(RecordModel):
    store_id = models.AutoField(primary_key=True)
    manager_staff = models.OneToOneField(Staff, on_delete=models.PROTECT, related_name="managed_store")
    address = models.ForeignKey(Address, on_delete=models.PROTECT, related_name="stores")

    objects = StoreQuerySet.as_manager()

    class Meta(RecordModel.Meta):
        db_table = "store"
        ordering = ["store_id"]

    def __str__(self) -> str:
        return f"Store {self.store_id}"


class CopyState(models.TextChoices):
    """Whether a copy can be lent at all; whether it is out is its open rental's to say."""

    AVAILABLE = "available"
    LOST = "lost"
    RETIRED = "retired"


class Inventory(RecordModel):
    """One copy of a film, which belongs to a store; any store lends it."""

    inventory_id = models.AutoField(primary_key=True)
    film = models.ForeignKey(Film, on_delete=models.PROTECT, related_name="copies", db_index=False)
    store = models.ForeignKey(Store, on_delete=models.PROTECT, related_name="copies", db_index=False)
    state = models.CharField(
        max_length=10, choices=CopyState, default=CopyState.AVAILABLE, db_default=CopyState.AVAILABLE
    )

    objects = InventoryQuerySet.as_manager()

    class Meta(RecordModel.Meta):
        db_table = "inventory"
        ordering = ["inventory_id"]
        verbose_name = "copy"
        verbose_name_plural = "copies"
        constraints = [
            models.CheckConstraint(condition=Q(state__in=CopyState.values), name="inventory_state_known"),
            # What a hold's foreign key (inventory, film) points at.
            models.UniqueConstraint(fields=["inventory_id", "film"], name="inventory_id_film_unique"),
        ]
        indexes = [
            models.Index(fields=["film", "inventory_id"], name="inventory_of_film"),
            models.Index(fields=["store", "film"], name="inventory_of_store"),
        ]

    def __str__(self) -> str:
        return f"Copy {self.inventory_id}"
