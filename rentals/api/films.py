"""What a film's page shows of the rental business: its copies, its queue, and whether it can be streamed."""

from dataclasses import asdict
from typing import Any, ClassVar

from django.conf import settings
from django.utils.module_loading import import_string
from drf_spectacular.utils import extend_schema
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from catalog.models import Film
from pipeline.api.viewsets import RowsViewSet
from rentals.api import serializers
from rentals.models import Hold, Inventory
from rentals.services import queue, subscriptions

ValuesPages: Any = import_string(settings.API_VALUES_PAGINATION)


class OfFilmViewSet(RowsViewSet):
    """What hangs on a film; an unknown film is a 404."""

    @property
    def film_id(self) -> int:
        """Raises Film.DoesNotExist."""
        return Film.objects.only("pk").get(pk=int(self.kwargs["film_id"])).pk


class CopyViewSet(OfFilmViewSet):
    queryset = Inventory.objects.all()
    serializer_class = serializers.CopySerializer
    pagination_class = ValuesPages
    permissions: ClassVar = {"list": "anyone"}

    def visible(self) -> Any:
        """All of the film's copies to anybody, without who has them."""
        return Inventory.objects.filter(film=self.film_id).order_by("pk").as_copies()

    def list(self, request: Request, film_id: str) -> Response:
        """List the copies of a film, and whether each is in."""
        return self.get_paginated_response(self.list_rows())


class FilmHoldViewSet(OfFilmViewSet):
    queryset = Hold.objects.all()
    serializer_class = serializers.HoldSerializer
    permissions: ClassVar = {"list": "rentals.view_hold", "create": "rentals.add_hold"}

    def visible(self) -> Any:
        return super().visible().filter(film=self.film_id)

    def list(self, request: Request, film_id: str) -> Response:
        """List who waits for a film, first who waits longest."""
        return self.get_paginated_response(self.list_rows())

    @extend_schema(responses={201: serializers.HoldSerializer})
    def create(self, request: Request, film_id: str) -> Response:
        """Put a customer at the end of the queue for a film of which no copy is free."""
        hold = queue.place_hold(int(film_id), by=self.caller, **self.valid())
        return self.created(self.row(hold.pk), "hold-detail")


class WatchView(GenericAPIView[Any]):
    permissions: ClassVar = {"get": "rentals.view_streamingsubscription"}
    query_parameters: ClassVar = {"get": serializers.WatchQuery}
    serializer_class = serializers.WatchSerializer

    def get(self, request: Request, film_id: str) -> Response:
        """Whether a customer may stream a film today."""
        query = serializers.WatchQuery(data=request.query_params.dict())
        query.is_valid(raise_exception=True)
        return Response(asdict(subscriptions.may_stream(int(film_id), **query.validated_data)))
