"""Days on which somebody is bound: what there is of a person or a production, and time off."""

from functools import partial
from types import SimpleNamespace
from typing import Any, ClassVar

import orjson
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from crew.api import sight
from crew.api.filters import BookingFilter
from crew.api.serializers import BookingSerializer, NewBooking, TimeOff
from crew.api.writing import Row, WritingViewSet, gone, made
from crew.models import Booking, Production
from crew.services import bookings
from crew.services.discretion import sees_productions, without_productions


class BookingsViewSet(WritingViewSet):
    """Bookings of one person or production. Titles are for who may see productions, and whose bookings they are."""

    queryset = Booking.objects.all()
    serializer_class = BookingSerializer
    filterset_class = BookingFilter
    ordering_fields: ClassVar = {"start": "period__startswith", "end": "period__endswith", "id": "pk"}

    @property
    def sees_titles(self) -> bool:
        return sees_productions(self.caller)

    def shown(self, row: Row) -> Row:
        return row if self.sees_titles else without_productions(row)

    def list_of_parent(self) -> Response:
        found: Any = self.filter_queryset(self.visible())
        if self.request.accepted_renderer.format == "csv":
            table: Any = SimpleNamespace(as_csv_rows=partial(found.as_csv_rows, titles=self.sees_titles))
            return self.get_paginated_response(self.paginate_queryset(table))
        rows: Any = self.paginate_queryset(found)
        if not self.sees_titles:
            rows = without_productions(orjson.loads(orjson.dumps(rows)))
        return self.get_paginated_response(rows)


class OfPersonViewSet(BookingsViewSet):
    """An unknown person is a 404; to artists everybody else is a 403."""

    @property
    def member_id(self) -> int:
        return int(self.kwargs["crew_member_id"])

    @property
    def sees_titles(self) -> bool:
        return super().sees_titles or sight.is_own(self.caller, self.member_id)

    def visible(self) -> Any:
        sight.demand_sight(self.caller, self.member_id, sight.BOOKINGS)
        return super().visible().filter(crew_member=self.member_id)


class PersonBookingViewSet(OfPersonViewSet):
    permissions: ClassVar = {"list": sight.BOOKINGS}

    def list(self, request: Request, crew_member_id: str) -> Response:
        """List what binds somebody: bookings for productions, and time off."""
        return self.list_of_parent()


class TimeOffViewSet(OfPersonViewSet):
    serializer_class = TimeOff
    permissions: ClassVar = {
        "list": sight.BOOKINGS,
        "retrieve": sight.BOOKINGS,
        "create": "crew.add_booking",
        "destroy": "crew.delete_booking",
    }

    def visible(self) -> Any:
        return super().visible().time_off()

    def list(self, request: Request, crew_member_id: str) -> Response:
        """List somebody's time off."""
        return self.list_of_parent()

    @extend_schema(responses=made(TimeOff))
    def create(self, request: Request, crew_member_id: str) -> Response:
        """Give somebody time off, which blocks like any booking."""
        written = bookings.book_time_off(self.member_id, **self.how, **self.valid())
        return self.made(written, "crew-time-off-detail", self.member_id)

    def retrieve(self, request: Request, crew_member_id: str, pk: str) -> Response:
        """One time off of somebody."""
        return Response(self.row(pk))

    @extend_schema(responses=gone(TimeOff))
    def destroy(self, request: Request, crew_member_id: str, pk: str) -> Response:
        """Take time off back."""
        return self.gone(bookings.cancel_time_off(self.member_id, int(pk), **self.how))


class ProductionBookingViewSet(BookingsViewSet):
    permissions: ClassVar = {
        "list": "crew.view_production",
        "retrieve": "crew.view_production",
        "create": "crew.add_booking",
        "destroy": "crew.delete_booking",
    }

    @property
    def production_id(self) -> int:
        return int(self.kwargs["production_id"])

    def get_serializer_class(self) -> Any:
        return NewBooking if self.action == "create" else BookingSerializer

    def visible(self) -> Any:
        """Raises Production.DoesNotExist."""
        Production.objects.visible_to(self.caller).only("pk").get(pk=self.production_id)
        queryset: Any = self.get_queryset()
        return queryset.filter(production=self.production_id)

    def list(self, request: Request, production_id: str) -> Response:
        """List who is booked for a production."""
        return self.list_of_parent()

    @extend_schema(request=NewBooking, responses=made(BookingSerializer))
    def create(self, request: Request, production_id: str) -> Response:
        """Book somebody by name for all days of a production, beyond its requirements too."""
        person = self.valid()["crew_member"]
        written = bookings.add_booking(self.production_id, person, **self.how)
        return self.made(written, "production-booking-detail", self.production_id)

    def retrieve(self, request: Request, production_id: str, pk: str) -> Response:
        """One booking of a production."""
        return Response(self.row(pk))

    @extend_schema(responses=gone(BookingSerializer))
    def destroy(self, request: Request, production_id: str, pk: str) -> Response:
        """Release somebody; what the production requires stays, as open."""
        return self.gone(bookings.remove_booking(self.production_id, int(pk), **self.how))
