"""Stores, who works in them, and their copies."""

from typing import Any, ClassVar

from django.conf import settings
from django.db.models import TextField
from django.db.models.functions import Cast
from django.utils.module_loading import import_string
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from pipeline.api.viewsets import RowsViewSet
from rentals.api import serializers
from rentals.api.filters import CityFilter, InventoryFilter
from rentals.models import City, Inventory, Staff, Store
from rentals.services import copies

ValuesPages: Any = import_string(settings.API_VALUES_PAGINATION)


class CityViewSet(RowsViewSet):
    queryset = City.objects.all()
    serializer_class = serializers.CitySerializer
    filterset_class = CityFilter
    pagination_class = ValuesPages
    permissions: ClassVar = {"list": "rentals.view_city"}

    def visible(self) -> Any:
        """All cities to who may see any."""
        return self.get_queryset()

    def list(self, request: Request) -> Response:
        """List the cities that an address may name."""
        found: Any = self.filter_queryset(self.visible())
        rows = found.values("city_id", "city").annotate(country=Cast("country__country", TextField()))
        return self.get_paginated_response(self.paginate_queryset(rows))


class StoreViewSet(RowsViewSet):
    queryset = Store.objects.all()
    key = "store_id"
    serializer_class = serializers.StoreSerializer
    permissions: ClassVar = {"list": "rentals.view_store", "retrieve": "rentals.view_store"}

    def list(self, request: Request) -> Response:
        """List stores."""
        return self.get_paginated_response(self.list_rows())

    def retrieve(self, request: Request, pk: str) -> Response:
        """A store."""
        return Response(self.row(pk))


class StaffViewSet(RowsViewSet):
    queryset = Staff.objects.all()
    key = "staff_id"
    serializer_class = serializers.StaffSerializer
    permissions: ClassVar = {"list": "rentals.view_staff", "retrieve": "rentals.view_staff"}

    def list(self, request: Request) -> Response:
        """List who works in the stores."""
        return self.get_paginated_response(self.list_rows())

    def retrieve(self, request: Request, pk: str) -> Response:
        """Somebody of the staff."""
        return Response(self.row(pk))


class InventoryViewSet(RowsViewSet):
    queryset = Inventory.objects.all()
    key = "inventory_id"
    filterset_class = InventoryFilter
    ordering_fields: ClassVar = {"inventory_id": "inventory_id"}
    permissions: ClassVar = {
        "list": "rentals.view_inventory",
        "retrieve": "rentals.view_inventory",
        "create": "rentals.add_inventory",
        "partial_update": "rentals.change_inventory",
        "destroy": "rentals.delete_inventory",
    }

    def get_serializer_class(self) -> Any:
        is_change = self.action == "partial_update"
        return serializers.InventoryChange if is_change else serializers.InventorySerializer

    def list(self, request: Request) -> Response:
        """List the copies of films."""
        return self.get_paginated_response(self.list_rows())

    @extend_schema(responses={201: serializers.InventorySerializer})
    def create(self, request: Request) -> Response:
        """Add a copy of a film to a store; it is kept for who waits for the film."""
        data = self.valid()
        copy = copies.create_copy(film_id=data["film"].pk, store_id=data["store"].pk, by=self.caller)
        return self.created(self.row(copy.pk), "inventory-detail")

    def retrieve(self, request: Request, pk: str) -> Response:
        """A copy of a film."""
        return Response(self.row(pk))

    @extend_schema(responses=serializers.InventorySerializer)
    def partial_update(self, request: Request, pk: str) -> Response:
        """Mark a copy as available, lost or retired, or give it to another store. One that is out is not marked."""
        copies.change_copy(int(pk), by=self.caller, expected_version=self.expected_version, **self.valid())
        return Response(self.row(pk))

    def destroy(self, request: Request, pk: str) -> Response:
        """Delete a copy that was never lent."""
        copies.delete_copy(int(pk), by=self.caller)
        return Response(status=status.HTTP_204_NO_CONTENT)
