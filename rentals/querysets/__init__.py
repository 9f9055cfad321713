"""The questions that the rental business asks its tables."""

from rentals.querysets.copies import InventoryQuerySet, StaffQuerySet, StoreQuerySet
from rentals.querysets.customers import CustomerQuerySet, SubscriptionQuerySet
from rentals.querysets.money import ChargeQuerySet, PaymentQuerySet
from rentals.querysets.rentals import HoldQuerySet, RentalQuerySet

__all__ = [
    "ChargeQuerySet",
    "CustomerQuerySet",
    "HoldQuerySet",
    "InventoryQuerySet",
    "PaymentQuerySet",
    "RentalQuerySet",
    "StaffQuerySet",
    "StoreQuerySet",
    "SubscriptionQuerySet",
]
