from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from pipeline.api.viewsets import RowsViewSet
from rentals.api import serializers
from rentals.api.filters import CustomerFilter
from rentals.models import Charge, Customer, Payment, StreamingSubscription
from rentals.services import customers, ledger, subscriptions

TAKE = {"payment": ledger.take_payment, "refund": ledger.give_refund}


class CustomerViewSet(RowsViewSet):
    queryset = Customer.objects.all()
    key = "customer_id"
    serializer_class = serializers.CustomerSerializer
    filterset_class = CustomerFilter
    ordering_fields: ClassVar = {name: name for name in ("customer_id", "last_name", "create_date")}
    permissions: ClassVar = {
        "list": "rentals.view_customer",
        "retrieve": "rentals.view_customer",
        "create": "rentals.add_customer",
        "partial_update": "rentals.change_customer",
        "destroy": "rentals.delete_customer",
        "balance": "rentals.view_payment",
    }

    def list(self, request: Request) -> Response:
        """List customers."""
        return self.get_paginated_response(self.list_rows())

    @extend_schema(responses={201: serializers.CustomerSerializer})
    def create(self, request: Request) -> Response:
        """Add a customer, at an address that is there or at a new one."""
        customer = customers.create_customer(**self.valid(), by=self.caller)
        return self.created(self.row(customer.pk), "customer-detail")

    def retrieve(self, request: Request, pk: str) -> Response:
        """A customer."""
        return Response(self.row(pk))

    def partial_update(self, request: Request, pk: str) -> Response:
        """Change a customer; of an `address` what is named changes. An inactive customer rents nothing."""
        changes = self.valid()
        customers.change_customer(int(pk), by=self.caller, expected_version=self.expected_version, **changes)
        return Response(self.row(pk))

    def destroy(self, request: Request, pk: str) -> Response:
        """Delete a customer who never rented."""
        customers.delete_customer(int(pk), by=self.caller)
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(responses=serializers.BalanceSerializer)
    @action(methods=["get"], detail=True)
    def balance(self, request: Request, pk: str) -> Response:
        """What a customer owes."""
        customer = self.visible().only("pk").get(pk=pk)
        return Response({"balance": ledger.balance_of(customer.pk)})


class OfCustomerViewSet(RowsViewSet):
    """What hangs on a customer, newest first; an unknown customer is a 404."""

    @property
    def customer_id(self) -> int:
        """Raises Customer.DoesNotExist for what the caller cannot see."""
        found = Customer.objects.visible_to(self.caller).only("pk")
        return found.get(pk=int(self.kwargs["customer_id"])).pk

    def visible(self) -> Any:
        return super().visible().filter(customer=self.customer_id).order_by("-pk")


class PaymentViewSet(OfCustomerViewSet):
    queryset = Payment.objects.all()
    key = "payment_id"
    serializer_class = serializers.PaymentSerializer
    permissions: ClassVar = {
        "list": "rentals.view_payment",
        "retrieve": "rentals.view_payment",
        "create": "rentals.add_payment",
    }

    def list(self, request: Request, customer_id: str) -> Response:
        """List what a customer paid and was given back, newest first."""
        return self.get_paginated_response(self.list_rows())

    @extend_schema(responses={201: serializers.PaymentSerializer})
    def create(self, request: Request, customer_id: str) -> Response:
        """Take a payment, or give money back.

        Entries stay: a mistake is set right by another entry. At most what was paid is given back.
        """
        data = self.valid()
        payment = TAKE[data.pop("kind")](int(customer_id), by=self.caller, **data)
        return self.created(self.row(payment.pk), "customer-payment-detail", customer_id)

    def retrieve(self, request: Request, customer_id: str, pk: str) -> Response:
        """A payment or a refund."""
        return Response(self.row(pk))


class ChargeViewSet(OfCustomerViewSet):
    queryset = Charge.objects.all()
    serializer_class = serializers.ChargeSerializer
    permissions: ClassVar = {"list": "rentals.view_charge"}

    def list(self, request: Request, customer_id: str) -> Response:
        """List what a customer was charged, newest first."""
        return self.get_paginated_response(self.list_rows())


class SubscriptionViewSet(OfCustomerViewSet):
    queryset = StreamingSubscription.objects.all()
    serializer_class = serializers.SubscriptionSerializer
    permissions: ClassVar = {
        "list": "rentals.view_streamingsubscription",
        "retrieve": "rentals.view_streamingsubscription",
        "create": "rentals.add_streamingsubscription",
        "partial_update": "rentals.change_streamingsubscription",
        "destroy": "rentals.delete_streamingsubscription",
    }

    def list(self, request: Request, customer_id: str) -> Response:
        """List a customer's subscriptions, newest first."""
        return self.get_paginated_response(self.list_rows())

    @extend_schema(responses={201: serializers.SubscriptionSerializer})
    def create(self, request: Request, customer_id: str) -> Response:
        """Subscribe a customer to streaming; one plan a day."""
        row = subscriptions.subscribe(int(customer_id), by=self.caller, **self.valid())
        return self.created(self.row(row.pk), "customer-subscription-detail", customer_id)

    def retrieve(self, request: Request, customer_id: str, pk: str) -> Response:
        """A subscription."""
        return Response(self.row(pk))

    def partial_update(self, request: Request, customer_id: str, pk: str) -> Response:
        """Change the plan or the days of a subscription; an `end_date` ends it."""
        own = self.row(pk)["id"]
        subscriptions.change_subscription(own, by=self.caller, expected_version=self.expected_version, **self.valid())
        return Response(self.row(pk))

    def destroy(self, request: Request, customer_id: str, pk: str) -> Response:
        """Delete a subscription that was a mistake."""
        subscriptions.delete_subscription(self.row(pk)["id"], by=self.caller)
        return Response(status=status.HTTP_204_NO_CONTENT)
