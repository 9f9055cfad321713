from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models.functions import Upper
from django.utils import timezone

from catalog.models import RecordModel, TextLine
from rentals.models.places import Address
from rentals.models.stores import Store
from rentals.querysets import CustomerQuerySet

TODAY = models.Func(template="CURRENT_DATE", output_field=models.DateField())


class Customer(RecordModel):
    """Who rents. Pagila says twice whether a customer is active: both must say so."""

    customer_id = models.AutoField(primary_key=True)
    store = models.ForeignKey(Store, on_delete=models.PROTECT, related_name="customers")
    first_name = TextLine(max_length=45)
    last_name = TextLine(max_length=45)
    email = TextLine(max_length=254, null=True, blank=True)
    address = models.ForeignKey(Address, on_delete=models.PROTECT, related_name="customers")
    activebool = models.BooleanField(default=True, db_default=True)
    create_date = models.DateField(default=timezone.localdate, db_default=TODAY, editable=False)
    active = models.IntegerField(null=True, default=1)

    objects = CustomerQuerySet.as_manager()

    class Meta(RecordModel.Meta):
        db_table = "customer"
        ordering = ["customer_id"]
        indexes = [
            models.Index(fields=["last_name", "first_name", "customer_id"], name="customer_by_name"),
            models.Index(fields=["create_date", "customer_id"], name="customer_by_create_date"),
            GinIndex(OpClass(Upper("last_name"), name="gin_trgm_ops"), name="customer_last_name_words"),
            GinIndex(OpClass(Upper("first_name"), name="gin_trgm_ops"), name="customer_first_name_words"),
            GinIndex(OpClass(Upper("email"), name="gin_trgm_ops"), name="customer_email_words"),
        ]

    def __str__(self) -> str:
        return f"{self.first_name} {self.last_name}"

    @property
    def is_active(self) -> bool:
        return self.activebool and self.active != 0
