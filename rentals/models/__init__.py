"""The rows of the rental business, in Pagila's own tables and a few of ours."""

from rentals.models.customer import Customer
from rentals.models.money import Charge, ChargeKind, Payment
from rentals.models.places import Address, City, Country
from rentals.models.rental import LIVE, Hold, HoldState, Rental
from rentals.models.reports import BestCustomer, OverdueRental
from rentals.models.stores import CopyState, Inventory, Staff, Store
from rentals.models.subscription import StreamingSubscription

__all__ = [
    "LIVE",
    "Address",
    "BestCustomer",
    "Charge",
    "ChargeKind",
    "City",
    "CopyState",
    "Country",
    "Customer",
    "Hold",
    "HoldState",
    "Inventory",
    "OverdueRental",
    "Payment",
    "Rental",
    "Staff",
    "Store",
    "StreamingSubscription",
]
