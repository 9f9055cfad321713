from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from unfold.admin import TabularInline
from unfold.contrib.filters.admin import DropdownFilter, RelatedDropdownFilter
from unfold.widgets import UnfoldBooleanSwitchWidget

from catalog.models import Film
from pipeline.admin import ServiceAdmin, ServiceForm, ServiceInline
from pipeline.admin.reading import OnlyRead
from pipeline.services import Actor
from rentals.models import Charge, Customer, Payment, Rental, StreamingSubscription
from rentals.services import customers, subscriptions
from rentals.services.ledger import balance_of


def subscribe(*, by: Actor, customer: Customer, **plan: Any) -> StreamingSubscription:
    return subscriptions.subscribe(customer.pk, by=by, **plan)


def subscribe_customer(customer: Customer, **plan: Any) -> StreamingSubscription:
    return subscribe(customer=customer, **plan)


class SubscriptionInline(ServiceInline):
    model = StreamingSubscription
    create = staticmethod(subscribe_customer)
    change = staticmethod(subscriptions.change_subscription)
    remove = staticmethod(subscriptions.delete_subscription)
    fields = ("plan_name", "start_date", "end_date", "expected_version")


class KeptInline(OnlyRead, TabularInline):
    """What the desk wrote, newest first."""

    per_page = 20
    show_change_link = True


class RentalInline(KeptInline):
    model = Rental
    seen_with = "rentals.view_rental"
    ordering = ("-rental_id",)
    fields = readonly_fields = ("film", "rental_date", "due_date", "return_date")

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("inventory__film")

    def film(self, rental: Rental) -> Film:
        return rental.inventory.film


class PaymentInline(KeptInline):
    model = Payment
    seen_with = "rentals.view_payment"
    ordering = ("-payment_id",)
    fields = readonly_fields = ("amount", "payment_date", "rental")

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("rental")


class ChargeInline(KeptInline):
    model = Charge
    seen_with = "rentals.view_charge"
    ordering = ("-id",)
    fields = readonly_fields = ("kind", "amount", "charge_date", "rental")

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("rental")


class ActivityFilter(DropdownFilter):
    title = "activity"
    parameter_name = "activity"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("active", "Active"), ("inactive", "Not active")]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        match self.value():
            case "active":
                return queryset.active()
            case "inactive":
                return queryset.inactive()
        return queryset


class CustomerForm(ServiceForm):
    active = forms.BooleanField(
        required=False,
        initial=True,
        widget=UnfoldBooleanSwitchWidget,
        help_text="Who is not active rents nothing.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["active"] = self.instance.is_active

    def given(self) -> dict[str, Any]:
        """The switch is sent in any case: off is nothing to Django."""
        return super().given() | ({} if self.instance.pk else {"active": self.cleaned_data["active"]})


@admin.register(Customer)
class CustomerAdmin(ServiceAdmin):
    create = staticmethod(customers.create_customer)
    change = staticmethod(customers.change_customer)
    remove = staticmethod(customers.delete_customer)
    form = CustomerForm
    list_display = ("last_name", "first_name", "email", "store", "is_active", "create_date")
    list_display_links = ("last_name", "first_name")
    list_filter = (ActivityFilter, ("store", RelatedDropdownFilter))
    list_select_related = ("store",)
    date_hierarchy = "create_date"
    search_fields = ("last_name", "first_name", "email", "=customer_id")
    search_help_text = "A part of the name or the e-mail, or the customer's number."
    autocomplete_fields = ("store", "address")
    readonly_fields = ("balance", "create_date")
    inlines = (SubscriptionInline, RentalInline, PaymentInline, ChargeInline)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        kept = ("balance", "create_date") if obj else ()
        who = (("first_name", "last_name"), "email", "address")
        return (None, {"fields": who}), ("Shop", {"fields": ("store", "active", *kept)})

    @admin.display(boolean=True, description="active")
    def is_active(self, customer: Customer) -> bool:
        return customer.is_active

    @admin.display(description="owes")
    def balance(self, customer: Customer) -> str:
        return str(balance_of(customer.pk))


@admin.register(StreamingSubscription)
class SubscriptionAdmin(ServiceAdmin):
    create = staticmethod(subscribe)
    change = staticmethod(subscriptions.change_subscription)
    remove = staticmethod(subscriptions.delete_subscription)
    list_display = ("customer", "plan_name", "start_date", "end_date")
    list_select_related = ("customer",)
    date_hierarchy = "start_date"
    search_fields = ("customer__last_name", "plan_name")
    autocomplete_fields = ("customer",)
    fieldsets = ((None, {"fields": ("customer", "plan_name", ("start_date", "end_date"))}),)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """A subscription stays its customer's."""
        return ("customer",) if obj else ()
