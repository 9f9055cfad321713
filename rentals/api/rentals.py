"""Copies that go out and come back."""

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from pipeline.api.viewsets import RowsViewSet
from rentals.api import serializers
from rentals.api.customers import OfCustomerViewSet
from rentals.api.filters import RentalFilter
from rentals.models import Hold, Rental
from rentals.services import lending, queue, returning

ORDERS = ("rental_id", "rental_date", "due_date")


class CustomerRentalViewSet(OfCustomerViewSet):
    queryset = Rental.objects.all()
    key = "rental_id"
    serializer_class = serializers.RentalSerializer
    filterset_class = RentalFilter
    ordering_fields: ClassVar = {name: name for name in ORDERS}
    permissions: ClassVar = {"list": "rentals.view_rental", "create": "rentals.add_rental"}

    def list(self, request: Request, customer_id: str) -> Response:
        """List what a customer rented, newest first."""
        return self.get_paginated_response(self.list_rows())

    @extend_schema(responses={201: serializers.RentalSerializer})
    def create(self, request: Request, customer_id: str) -> Response:
        """Rent a copy to a customer.

        A copy that is out is a 409 with `rented_since`, `due_date` and `next_free_inventory_id`; so is one that is
        lost, retired or kept for another customer, and so is a customer who is not active.
        """
        rental = lending.check_out_copy(int(customer_id), by=self.caller, **self.valid())
        return self.created(self.row(rental.pk), "rental-detail")


class RentalViewSet(RowsViewSet):
    queryset = Rental.objects.all()
    key = "rental_id"
    filterset_class = RentalFilter
    ordering_fields: ClassVar = {name: name for name in ORDERS}
    permissions: ClassVar = {
        "list": "rentals.view_rental",
        "retrieve": "rentals.view_rental",
        "give_back": "rentals.change_rental",
        "extend": "rentals.change_rental",
    }

    def get_serializer_class(self) -> Any:
        by_action = {"give_back": serializers.Nothing, "extend": serializers.Extension}
        return by_action.get(self.action, serializers.RentalSerializer)

    def list(self, request: Request) -> Response:
        """List rentals."""
        return self.get_paginated_response(self.list_rows())

    def retrieve(self, request: Request, pk: str) -> Response:
        """A rental."""
        return Response(self.row(pk))

    @extend_schema(request=None, responses=serializers.ReturnedSerializer)
    @action(methods=["post"], detail=True, url_path="return")
    def give_back(self, request: Request, pk: str) -> Response:
        """Take a copy back and charge what it costs.

        The film's rate once, 1.00 for each day late that has begun, and the replacement cost after twice the days
        that were agreed.
        """
        returned = returning.return_copy(int(pk), by=self.caller)
        charges = [{"kind": charge.kind, "amount": charge.amount} for charge in returned.charges]
        sums = {"owed": returned.owed, "balance": returned.balance}
        return Response(self.row(pk) | {"charges": charges, **sums})

    @extend_schema(responses=serializers.RentalSerializer)
    @action(methods=["post"], detail=True)
    def extend(self, request: Request, pk: str) -> Response:
        """Let a customer keep a copy longer, while nobody waits for the film."""
        returning.extend_rental(int(pk), by=self.caller, **self.valid())
        return Response(self.row(pk))


class HoldViewSet(RowsViewSet):
    queryset = Hold.objects.all()
    serializer_class = serializers.HoldSerializer
    permissions: ClassVar = {"retrieve": "rentals.view_hold", "destroy": "rentals.delete_hold"}

    def retrieve(self, request: Request, pk: str) -> Response:
        """A place in the queue for a film."""
        return Response(self.row(pk))

    def destroy(self, request: Request, pk: str) -> Response:
        """Take a customer out of a queue; a copy that was kept for them is kept for the next."""
        queue.cancel_hold(int(pk), by=self.caller)
        return Response(status=status.HTTP_204_NO_CONTENT)
