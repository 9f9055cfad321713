from typing import TYPE_CHECKING

from django.db import models

from pipeline.querysets import VersionedQuerySet

if TYPE_CHECKING:
    # The base classes name them.
    from rentals.models import (  # noqa: F401
        Charge,
        Customer,
        Hold,
        Inventory,
        Payment,
        Rental,
        StreamingSubscription,
    )


class CustomerQuerySet(VersionedQuerySet["Customer"]):
    pass


class InventoryQuerySet(VersionedQuerySet["Inventory"]):
    pass


class RentalQuerySet(VersionedQuerySet["Rental"]):
    pass


class HoldQuerySet(VersionedQuerySet["Hold"]):
    pass


class PaymentQuerySet(models.QuerySet["Payment"]):
    pass


class ChargeQuerySet(models.QuerySet["Charge"]):
    pass


class SubscriptionQuerySet(VersionedQuerySet["StreamingSubscription"]):
    pass
