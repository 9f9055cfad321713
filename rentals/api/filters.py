import django_filters
from django.utils import timezone

from pipeline.api.filters import TruthFilter, WholeNumberFilter
from rentals.models import City, CopyState, Customer, Inventory, Rental
from rentals.querysets import CustomerQuerySet, InventoryQuerySet, RentalQuerySet


class CityFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(field_name="city", lookup_expr="icontains", max_length=50, help_text="Part of it.")

    class Meta:
        model = City
        fields: list[str] = []


class CustomerFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(
        method="search", max_length=200, help_text="Parts of the name or the e-mail, or the customer's id."
    )
    store_id = WholeNumberFilter()
    active = TruthFilter(method="by_activity")

    class Meta:
        model = Customer
        fields: list[str] = []

    def search(self, queryset: CustomerQuerySet, name: str, value: str) -> CustomerQuerySet:
        return queryset.matching(value)

    def by_activity(self, queryset: CustomerQuerySet, name: str, value: bool) -> CustomerQuerySet:
        return queryset.active() if value else queryset.inactive()


class InventoryFilter(django_filters.FilterSet):
    film_id = WholeNumberFilter()
    store_id = WholeNumberFilter()
    state = django_filters.ChoiceFilter(choices=CopyState.choices)
    in_stock = TruthFilter(method="by_stock", help_text="In the store, though perhaps kept for somebody.")

    class Meta:
        model = Inventory
        fields: list[str] = []

    def by_stock(self, queryset: InventoryQuerySet, name: str, value: bool) -> InventoryQuerySet:
        in_stock = Inventory.objects.in_stock().values("pk")
        return queryset.in_stock() if value else queryset.exclude(pk__in=in_stock)


class RentalFilter(django_filters.FilterSet):
    open = TruthFilter(method="by_openness", help_text="Not back yet.")
    overdue = TruthFilter(method="by_delay", help_text="Not back, though the days that were agreed are over.")
    customer_id = WholeNumberFilter()
    inventory_id = WholeNumberFilter()

    class Meta:
        model = Rental
        fields: list[str] = []

    def by_openness(self, queryset: RentalQuerySet, name: str, value: bool) -> RentalQuerySet:
        return queryset.open() if value else queryset.returned()

    def by_delay(self, queryset: RentalQuerySet, name: str, value: bool) -> RentalQuerySet:
        now = timezone.now()
        return queryset.overdue(now) if value else queryset.not_overdue(now)
