"""What the one search finds of this app: customers, for who may see them."""

from django.urls import reverse

from pipeline.search.groups import Group, register_group
from pipeline.search.matching import found_rows
from pipeline.search.query import Query
from pipeline.services import Actor
from rentals.models import Customer


def search_customers(query: Query, user: Actor, limit: int) -> Group:
    return found_rows(
        Customer.objects.visible_to(user), query, limit, ("first_name", "last_name", "email"),
        lambda customer: (str(customer), reverse("customer-page", args=[customer.pk])),
        text="email",
    )  # fmt: skip


register_group(
    "customers", "Customers", may_read=lambda user: user.has_perm("rentals.view_customer"), search=search_customers
)
