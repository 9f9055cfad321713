from rentals.admin.copies import InventoryAdmin
from rentals.admin.customers import CustomerAdmin, SubscriptionAdmin
from rentals.admin.ledger import ChargeAdmin, PaymentAdmin
from rentals.admin.lending import HoldAdmin, RentalAdmin
from rentals.admin.stores import AddressAdmin, CityAdmin, CountryAdmin, StaffAdmin, StoreAdmin

__all__ = [
    "AddressAdmin",
    "ChargeAdmin",
    "CityAdmin",
    "CountryAdmin",
    "CustomerAdmin",
    "HoldAdmin",
    "InventoryAdmin",
    "PaymentAdmin",
    "RentalAdmin",
    "StaffAdmin",
    "StoreAdmin",
    "SubscriptionAdmin",
]
