"""Rentals, which the desk writes and nobody edits, and the queues for films."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from unfold.contrib.filters.admin import AutocompleteSelectFilter, ChoicesDropdownFilter, DropdownFilter
from unfold.widgets import UnfoldAdminIntegerFieldWidget

from catalog.models import Film
from pipeline.admin import ServiceAdmin
from pipeline.admin.reading import OnlyRead
from pipeline.services import Actor
from rentals.admin.actions import act_on
from rentals.models import Customer, Hold, Rental
from rentals.services import queue, returning


class ExtendForm(forms.Form):
    days = forms.IntegerField(
        min_value=1, max_value=returning.MOST_DAYS, widget=UnfoldAdminIntegerFieldWidget, help_text="How many more."
    )


def give_back(rental: Rental, *, by: Actor) -> None:
    returning.return_copy(rental.pk, by=by)


def extend(rental: Rental, *, by: Actor, days: int) -> None:
    returning.extend_rental(rental.pk, by=by, days=days)


def state_of(rental: Rental) -> str:
    if rental.return_date:
        return f"{rental.inventory.film}: back since {rental.return_date:%Y-%m-%d}"
    return f"{rental.inventory.film}: due {rental.due_date:%Y-%m-%d}"


class OutFilter(DropdownFilter):
    title = "state"
    parameter_name = "out"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("open", "Out"), ("overdue", "Overdue"), ("returned", "Back")]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        match self.value():
            case "open":
                return queryset.open()
            case "overdue":
                return queryset.overdue(timezone.now())
            case "returned":
                return queryset.returned()
        return queryset


@admin.register(Rental)
class RentalAdmin(OnlyRead, ServiceAdmin):
    seen_with = "rentals.view_rental"
    list_display = ("rental_id", "film", "customer", "rental_date", "due_date", "return_date", "staff")
    list_filter = (OutFilter, ("customer", AutocompleteSelectFilter))
    list_select_related = ("inventory__film", "customer", "staff")
    date_hierarchy = "rental_date"
    search_fields = ("=rental_id", "=inventory__inventory_id", "customer__last_name", "inventory__film__title")
    search_help_text = "The number of the rental or of the copy, the customer's last name, or the film's title."
    ordering = ("-rental_id",)
    fields = readonly_fields = (
        *("rental_id", "film", "inventory", "customer", "staff"),
        *("rental_date", "due_date", "return_date", "last_update"),
    )
    actions = (
        act_on("give_back", "Take the copies back", give_back, now=state_of),
        act_on("extend", "Extend", extend, now=state_of, form=ExtendForm),
    )

    def has_act_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("rentals.change_rental")

    @admin.display(ordering="inventory__film__title")
    def film(self, rental: Rental) -> Film:
        return rental.inventory.film


def place_hold(*, by: Actor, film: Film, customer: Customer) -> Hold:
    return queue.place_hold(film.pk, by=by, customer_id=customer.pk)


def cancel(hold: Hold, *, by: Actor) -> None:
    queue.cancel_hold(hold.pk, by=by)


def place_of(hold: Hold) -> str:
    return f"{hold.customer} waits for {hold.film}"


@admin.register(Hold)
class HoldAdmin(ServiceAdmin):
    """Who is in a queue stays there until the film, or a clerk, takes them out."""

    create = staticmethod(place_hold)
    remove = staticmethod(queue.cancel_hold)
    list_display = ("film", "customer", "state", "inventory", "ready_until", "created_at")
    list_filter = (("state", ChoicesDropdownFilter), ("film", AutocompleteSelectFilter))
    list_select_related = ("film", "customer", "inventory")
    search_fields = ("film__title", "customer__last_name")
    autocomplete_fields = ("film", "customer")
    actions = (act_on("cancel", "Cancel the holds", cancel, now=place_of, right="delete"),)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        kept = ("state", "inventory", "ready_until", "created_at") if obj else ()
        return ((None, {"fields": ("film", "customer", *kept)}),)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Hold]:
        found: QuerySet[Hold] = super().get_queryset(request)
        return found.order_by("film", "pk")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
