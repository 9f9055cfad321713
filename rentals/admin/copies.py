"""The copies of films: a list of their own, and rows below their film."""

from typing import Any

from django.contrib import admin
from django.db.models import Exists, OuterRef
from django.http import HttpRequest
from unfold.contrib.filters.admin import AutocompleteSelectFilter, ChoicesDropdownFilter, RelatedDropdownFilter

from catalog.hooks import register_film_inline
from catalog.models import Film
from pipeline.admin import ServiceAdmin, ServiceInline
from pipeline.services import Actor
from rentals.admin.actions import act_on
from rentals.models import CopyState, Inventory, Rental, Store
from rentals.services import copies


def add_copy(*, by: Actor, film: Film, store: Store, state: str | None = None) -> Inventory:
    copy = copies.create_copy(by=by, film_id=film.pk, store_id=store.pk)
    return copies.change_copy(copy.pk, by=by, state=state) if state else copy


def add_copy_of(film: Film, **fields: Any) -> Inventory:
    return add_copy(film=film, **fields)


def mark_lost(copy: Inventory, *, by: Actor) -> None:
    copies.change_copy(copy.pk, by=by, state=CopyState.LOST)


def mark_retired(copy: Inventory, *, by: Actor) -> None:
    copies.change_copy(copy.pk, by=by, state=CopyState.RETIRED)


def mark_available(copy: Inventory, *, by: Actor) -> None:
    copies.change_copy(copy.pk, by=by, state=CopyState.AVAILABLE)


def state_of(copy: Inventory) -> str:
    return f"{copy.film}: {copy.get_state_display()}"


class InventoryInline(ServiceInline):
    model = Inventory
    create = staticmethod(add_copy_of)
    change = staticmethod(copies.change_copy)
    remove = staticmethod(copies.delete_copy)
    autocomplete_fields = ("store",)
    fields = ("store", "state", "expected_version")
    verbose_name = "copy"
    verbose_name_plural = "copies"

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("store")


register_film_inline(InventoryInline)


@admin.register(Inventory)
class InventoryAdmin(ServiceAdmin):
    create = staticmethod(add_copy)
    change = staticmethod(copies.change_copy)
    remove = staticmethod(copies.delete_copy)
    list_display = ("inventory_id", "film", "store", "state", "is_out", "last_update")
    list_filter = (
        ("state", ChoicesDropdownFilter),
        ("store", RelatedDropdownFilter),
        ("film", AutocompleteSelectFilter),
    )
    list_select_related = ("film", "store")
    search_fields = ("=inventory_id", "film__title")
    search_help_text = "The number of the copy, or the title of the film."
    autocomplete_fields = ("film", "store")
    fieldsets = ((None, {"fields": ("film", "store", "state")}),)
    actions = (
        act_on("mark_lost", "Mark as lost", mark_lost, now=state_of, right="change"),
        act_on("mark_retired", "Retire", mark_retired, now=state_of, right="change"),
        act_on("mark_available", "Mark as available", mark_available, now=state_of, right="change"),
    )

    def get_queryset(self, request: HttpRequest) -> Any:
        out = Rental.objects.open().filter(inventory=OuterRef("pk"))
        return super().get_queryset(request).annotate(out_now=Exists(out.order_by()))

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """A copy stays a copy of its film."""
        return ("film",) if obj else ()

    @admin.display(description="out", boolean=True)
    def is_out(self, copy: Any) -> bool:
        out: bool = copy.out_now
        return out
