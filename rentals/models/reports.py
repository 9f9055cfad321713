from typing import ClassVar

from rentals.models.customer import Customer
from rentals.models.rental import Rental
from rentals.querysets import BestCustomerQuerySet, OverdueQuerySet


class OverdueRental(Rental):
    """A rental as the report of late ones shows it."""

    objects: ClassVar = OverdueQuerySet.as_manager()

    class Meta:
        proxy = True
        default_permissions = ()


class BestCustomer(Customer):
    """A customer as the report of the best ones shows them."""

    objects: ClassVar = BestCustomerQuerySet.as_manager()

    class Meta:
        proxy = True
        default_permissions = ()
