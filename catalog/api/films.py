from typing import Any, ClassVar

from django.db.models import F
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from catalog.api import serializers
from catalog.api.filters import FilmFilter
from catalog.api.paging import FilmPages
from catalog.models import Actor, Film
from catalog.services import films
from pipeline.api.viewsets import RowsViewSet

MOST_ACTORS = 50
ORDERS = ("film_id", "title", "release_year", "rental_rate", "length", "rating", "last_update")


class FilmViewSet(RowsViewSet):
    """Films are for everybody to read, signed in or not."""

    # A row's own `rental_rate` is text, of which "10.99" comes before "2.99".
    queryset = Film.objects.alias(price=F("rental_rate"))
    key = "film_id"
    filterset_class = FilmFilter
    pagination_class = FilmPages
    ordering_fields: ClassVar = {name: name for name in ORDERS} | {"rental_rate": "price"}
    permissions: ClassVar = {
        "list": "anyone",
        "retrieve": "anyone",
        "create": "catalog.add_film",
        "partial_update": "catalog.change_film",
        "destroy": "catalog.delete_film",
    }

    def get_serializer_class(self) -> Any:
        return serializers.FilmSerializer if self.action == "list" else serializers.FilmDetail

    def row(self, pk: Any) -> dict[str, Any]:
        """The film with its actors, or 404."""
        row = self.found(self.visible().filter(pk=pk).as_details())
        cast = Actor.objects.filter(film_links__film=row["film_id"])
        return row | {"actors": list(cast.as_rows()[:MOST_ACTORS]), "actors_count": cast.count()}

    def list(self, request: Request) -> Response:
        """List films.

        No film comes twice, of however many categories it is. An unknown category has no films.
        """
        return self.get_paginated_response(self.list_rows())

    @extend_schema(responses={201: serializers.FilmDetail})
    def create(self, request: Request) -> Response:
        """Add a film to the catalogue."""
        film = films.create_film(**self.valid(), by=self.caller)
        return self.created(self.row(film.pk), "film-detail")

    def retrieve(self, request: Request, pk: str) -> Response:
        """A film with its actors and special features."""
        return Response(self.row(pk))

    def partial_update(self, request: Request, pk: str) -> Response:
        """Change a film; `categories` and `actor_ids` replace what there was."""
        films.change_film(int(pk), by=self.caller, expected_version=self.expected_version, **self.valid())
        return Response(self.row(pk))

    def destroy(self, request: Request, pk: str) -> Response:
        """Delete a film of which there is no copy."""
        films.delete_film(int(pk), by=self.caller)
        return Response(status=status.HTTP_204_NO_CONTENT)
