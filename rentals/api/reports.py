from decimal import Decimal
from typing import Any, ClassVar

from django.conf import settings
from django.utils.module_loading import import_string
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from pipeline.api.viewsets import RowsViewSet
from rentals.api.serializers import IdField, MoneyField
from rentals.models import BestCustomer, OverdueRental, Payment
from rentals.querysets.revenue import BY, revenue

ValuesPages: Any = import_string(settings.API_VALUES_PAGINATION)


class OverdueRow(serializers.Serializer[Any]):
    """A copy that is not back, though the days that were agreed are over."""

    rental_id = IdField()
    customer_id = IdField()
    customer_name = serializers.CharField()
    email = serializers.CharField(allow_null=True)
    phone = serializers.CharField()
    inventory_id = IdField()
    film_id = IdField()
    title = serializers.CharField()
    store_id = IdField()
    rental_date = serializers.DateTimeField()
    due_date = serializers.DateTimeField()
    days_late = serializers.IntegerField(help_text="Days late that have begun.")
    late_fee = MoneyField(help_text="What they cost so far.")


class BestCustomerRow(serializers.Serializer[Any]):
    """A customer by what they paid, refunds taken off."""

    customer_id = IdField()
    first_name = serializers.CharField()
    last_name = serializers.CharField()
    email = serializers.CharField(allow_null=True)
    store_id = IdField()
    paid = MoneyField()
    rentals_count = serializers.IntegerField()
    last_rental_date = serializers.DateTimeField(allow_null=True)


class RevenueRow(serializers.Serializer[Any]):
    """What came in; of `month`, `store` and `category` just the one is there by which the report is."""

    month = serializers.CharField(required=False, help_text="As 2026-05, in UTC.")
    store = IdField(required=False)
    category = serializers.CharField(
        required=False, allow_null=True, help_text="A film counts in full in each of its categories."
    )
    payments = serializers.IntegerField(help_text="How many entries of the ledger.")
    revenue = MoneyField()


class RevenueQuery(serializers.Serializer[Any]):
    by = serializers.ChoiceField(choices=BY, default="month", help_text="By what the payments are added up.")


class OverdueViewSet(RowsViewSet):
    queryset = OverdueRental.objects.all()
    serializer_class = OverdueRow
    permissions: ClassVar = {"list": "rentals.view_rental"}

    def list(self, request: Request) -> Response:
        """List what is overdue, the longest first."""
        return self.get_paginated_response(self.list_rows())


class BestCustomerViewSet(RowsViewSet):
    queryset = BestCustomer.objects.all()
    serializer_class = BestCustomerRow
    permissions: ClassVar = {"list": "rentals.view_payment"}

    def list(self, request: Request) -> Response:
        """List customers by what they paid, most first."""
        return self.get_paginated_response(self.list_rows())


class RevenueViewSet(RowsViewSet):
    queryset = Payment.objects.all()
    serializer_class = RevenueRow
    pagination_class = ValuesPages
    query_parameters: ClassVar = {"list": RevenueQuery}
    permissions: ClassVar = {"list": "rentals.view_payment"}

    def list(self, request: Request) -> Response:
        """List what came in by month, store or category, refunds taken off."""
        by = request.query_params.get("by", "month")
        query = RevenueQuery(data={"by": by})
        query.is_valid(raise_exception=True)
        rows: Any = revenue(query.validated_data["by"])
        if request.accepted_renderer.format == "csv":
            rows = [row | {"revenue": Decimal(row["revenue"])} for row in rows]
        return self.get_paginated_response(self.paginate_queryset(rows))
