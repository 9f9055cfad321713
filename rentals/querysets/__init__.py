"""The questions that the rental business asks its tables."""

from rentals.querysets.copies import InventoryQuerySet, StaffQuerySet, StoreQuerySet
from rentals.querysets.customers import CustomerQuerySet, SubscriptionQuerySet
from rentals.querysets.money import ChargeQuerySet, PaymentQuerySet
from rentals.querysets.rentals import HoldQuerySet, RentalQuerySet
from rentals.querysets.reports import BestCustomerQuerySet, OverdueQuerySet
from rentals.querysets.revenue import BY, By, revenue

__all__ = [
    "BY",
    "BestCustomerQuerySet",
    "By",
    "ChargeQuerySet",
    "CustomerQuerySet",
    "HoldQuerySet",
    "InventoryQuerySet",
    "OverdueQuerySet",
    "PaymentQuerySet",
    "RentalQuerySet",
    "StaffQuerySet",
    "StoreQuerySet",
    "SubscriptionQuerySet",
    "revenue",
]
