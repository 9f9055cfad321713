"""Stores, who works there, and where people live."""

from typing import Any

from django.contrib import admin
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, JsonResponse
from django.urls import path
from unfold.contrib.filters.admin import AutocompleteSelectFilter, RelatedDropdownFilter

from pipeline.admin import OwnAutocompleteSelect, ServiceAdmin, choices_page
from rentals.models import Address, City, Country, Staff, Store
from rentals.services import stores


@admin.register(Country)
class CountryAdmin(ServiceAdmin):
    create = staticmethod(stores.countries.create)
    change = staticmethod(stores.countries.change)
    remove = staticmethod(stores.countries.remove)
    list_display = ("country", "last_update")
    search_fields = ("country",)
    fieldsets = ((None, {"fields": ("country",)}),)


@admin.register(City)
class CityAdmin(ServiceAdmin):
    create = staticmethod(stores.cities.create)
    change = staticmethod(stores.cities.change)
    remove = staticmethod(stores.cities.remove)
    list_display = ("city", "country", "last_update")
    list_filter = (("country", AutocompleteSelectFilter),)
    list_select_related = ("country",)
    search_fields = ("city",)
    autocomplete_fields = ("country",)
    fieldsets = ((None, {"fields": ("city", "country")}),)


@admin.register(Address)
class AddressAdmin(ServiceAdmin):
    create = staticmethod(stores.addresses.create)
    change = staticmethod(stores.addresses.change)
    remove = staticmethod(stores.addresses.remove)
    list_display = ("address", "district", "city", "postal_code", "phone")
    list_filter = (("city", AutocompleteSelectFilter),)
    list_select_related = ("city",)
    search_fields = ("address", "postal_code", "phone")
    autocomplete_fields = ("city",)
    fieldsets = ((None, {"fields": ("address", "address2", "district", "city", ("postal_code", "phone"))}),)


@admin.register(Store)
class StoreAdmin(ServiceAdmin):
    create = staticmethod(stores.stores.create)
    change = staticmethod(stores.stores.change)
    remove = staticmethod(stores.stores.remove)
    list_display = ("__str__", "manager_staff", "address", "last_update")
    list_select_related = ("manager_staff", "address")
    search_fields = ("=store_id", "manager_staff__last_name", "address__address")
    search_help_text = "The store's number, its manager's last name, or its street."
    autocomplete_fields = ("manager_staff", "address")
    fieldsets = ((None, {"fields": ("manager_staff", "address")}),)


@admin.register(Staff)
class StaffAdmin(ServiceAdmin):
    """Nobody signs in with what stands here: the account does that. Pagila's passwords are never shown."""

    create = staticmethod(stores.staff.create)
    change = staticmethod(stores.staff.change)
    remove = staticmethod(stores.staff.remove)
    list_display = ("last_name", "first_name", "email", "store", "active", "user")
    list_display_links = ("last_name", "first_name")
    list_filter = ("active", ("store", RelatedDropdownFilter))
    list_select_related = ("store", "user")
    search_fields = ("last_name", "first_name", "email", "username")
    autocomplete_fields = ("store", "address")

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        # As a field to be read, it would be a link to a page that is not for everybody.
        account = "user" if self.has_change_permission(request, obj) else "account"
        work = ("store", "username", "active", account)
        return (None, {"fields": (("first_name", "last_name"), "email", "address")}), ("Work", {"fields": work})

    @admin.display(description="account")
    def account(self, person: Staff) -> str:
        return str(person.user or "")

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "user":
            widget = OwnAutocompleteSelect(db_field, self.admin_site, "admin:rentals_staff_accounts")
            kwargs |= {"widget": widget, "label": "Account"}
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_urls(self) -> list[Any]:
        accounts = self.admin_site.admin_view(self.find_accounts)
        return [path("accounts/", accounts, name="rentals_staff_accounts"), *super().get_urls()]

    def find_accounts(self, request: HttpRequest) -> JsonResponse:
        """Accounts that can be linked: active, and nobody's of the staff yet."""
        if not (self.has_add_permission(request) or self.has_change_permission(request)):
            raise PermissionDenied
        words = request.GET.get("term", "")
        matching = Q(display_name__icontains=words) | Q(email__icontains=words)
        accounts = get_user_model().objects.filter(matching, is_active=True, staff_row=None)
        return choices_page(request, accounts, lambda account: f"{account} ({account.email})")
