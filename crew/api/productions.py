"""Productions: schedule, change, cancel."""

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from crew.api.filters import ProductionFilter
from crew.api.production_serializers import ProductionChange, ProductionSerializer
from crew.api.writing import WritingViewSet, gone, made
from crew.models import Production
from crew.services import productions


class ProductionViewSet(WritingViewSet):
    queryset = Production.objects.all()
    filterset_class = ProductionFilter
    ordering_fields: ClassVar = {
        "start": "period__startswith",
        "end": "period__endswith",
        "title": "title",
        "id": "pk",
    }
    permissions: ClassVar = {
        "list": "crew.view_production",
        "retrieve": "crew.view_production",
        "create": "crew.add_production",
        "partial_update": "crew.change_production",
        "destroy": "crew.delete_production",
    }

    def get_serializer_class(self) -> Any:
        return ProductionChange if self.action == "partial_update" else ProductionSerializer

    def list(self, request: Request) -> Response:
        """List productions with whom they want and who is booked."""
        return self.get_paginated_response(self.list_rows())

    @extend_schema(responses=made(ProductionSerializer))
    def create(self, request: Request) -> Response:
        """Schedule a production: finds the people and books them, all or nothing.

        The least booked in the surrounding 90 days are picked first, then by id. A shortage is a 409
        `crew_unavailable` with `shortages` (who of the role is busy with what) and `windows` (the nearest days on
        which it would work, as long as asked). `allow_gaps` books whom it can.
        """
        body = self.valid()
        written = productions.schedule_production(body.pop("title"), **body, **self.how)
        return self.made(written, "production-detail")

    def retrieve(self, request: Request, pk: str) -> Response:
        """A production."""
        return Response(self.row(pk))

    @extend_schema(responses=ProductionChange)
    def partial_update(self, request: Request, pk: str) -> Response:
        """Change title, days or requirements, and the bookings with them.

        New days need everybody who is booked: else a 409 `dates_clash` with `clashes` and their `stand_ins`, unless
        `on_conflict` is `replace`. A requirement that grows books more people, one that shrinks releases some.
        """
        written = productions.change_production(int(pk), **self.how, **self.valid())
        return self.changed(written, booked=written.booked, released=written.released)

    @extend_schema(responses=gone(ProductionChange))
    def destroy(self, request: Request, pk: str) -> Response:
        """Cancel a production, which releases everybody; a show may not point to it any more."""
        written = productions.cancel_production(int(pk), **self.how)
        return self.gone(written, booked=written.booked, released=written.released)
