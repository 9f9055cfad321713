"""The ledger is only ever added to: payments by a form, refunds by an action, charges by returns."""

from decimal import Decimal
from typing import Any

from django.contrib import admin
from django.db.models import F
from django.http import HttpRequest
from unfold.contrib.filters.admin import AutocompleteSelectFilter, ChoicesDropdownFilter

from pipeline.admin import ServiceAdmin, ServiceForm, StudioAdmin
from pipeline.admin.reading import OnlyRead
from pipeline.errors import Refusal
from pipeline.services import Actor
from rentals.admin.actions import act_on
from rentals.models import Charge, Customer, Payment, Rental, Staff
from rentals.services import ledger


def take_payment(
    *, by: Actor, customer: Customer, amount: Decimal, rental: Rental | None = None, staff: Staff | None = None
) -> Payment:
    of_rental, of_staff = rental.pk if rental else None, staff.pk if staff else None
    return ledger.take_payment(customer.pk, by=by, amount=amount, rental_id=of_rental, staff_id=of_staff)


def refund(payment: Payment, *, by: Actor) -> None:
    if payment.amount <= 0:
        raise Refusal(f"{payment} is a refund itself. Choose payments only.")
    ledger.give_refund(payment.customer_id, by=by, amount=payment.amount, rental_id=payment.rental_id)


def amount_of(payment: Payment) -> str:
    return f"{payment.customer}: {payment.amount}"


class PaymentForm(ServiceForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Who may only read a payment has a form without fields.
        for name in {"rental", "staff"} & self.fields.keys():
            self.fields[name].required = False


@admin.register(Payment)
class PaymentAdmin(ServiceAdmin):
    form = PaymentForm
    create = staticmethod(take_payment)
    list_display = ("payment_id", "customer", "amount", "payment_date", "rental", "staff")
    list_filter = (("customer", AutocompleteSelectFilter),)
    list_select_related = ("customer", "rental", "staff")
    date_hierarchy = "payment_date"
    search_fields = ("=payment_id", "customer__last_name")
    search_help_text = "The number of the payment, or the customer's last name."
    autocomplete_fields = ("customer", "rental", "staff")
    actions = (act_on("refund", "Give the money back", refund, now=amount_of, right="add"),)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        return ((None, {"fields": ("customer", "amount", "rental", "staff", *(("payment_date",) if obj else ()))}),)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Charge)
class ChargeAdmin(OnlyRead, StudioAdmin):
    seen_with = "rentals.view_charge"
    list_display = ("id", "customer", "kind", "amount", "charge_date", "rental")
    list_filter = (("kind", ChoicesDropdownFilter), ("customer", AutocompleteSelectFilter))
    list_select_related = ("customer", "rental")
    date_hierarchy = "charge_date"
    search_fields = ("=rental__rental_id", "customer__last_name")
    search_help_text = "The number of the rental, or the customer's last name."
    ordering = (F("id").desc(),)
    fields = readonly_fields = ("customer", "kind", "amount", "charge_date", "rental")
