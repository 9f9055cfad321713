"""What films are described by: their categories, and who plays in them."""

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from catalog.api.filters import ActorFilter
from catalog.api.serializers import ActorSerializer, CategorySerializer
from catalog.models import Actor, Category
from catalog.services import vocabulary
from catalog.services.records import Records
from pipeline.api.viewsets import RowsViewSet


class RecordsViewSet(RowsViewSet):
    """Rows without a rule of their own, written by `records`."""

    records: Records[Any]

    def made(self) -> Response:
        row = self.records.create(by=self.caller, **self.valid())
        return self.created(self.row(row.pk), f"{self.basename}-detail")

    def changed(self, pk: str) -> Response:
        self.records.change(int(pk), by=self.caller, expected_version=self.expected_version, **self.valid())
        return Response(self.row(pk))

    def removed(self, pk: str) -> Response:
        self.records.remove(int(pk), by=self.caller)
        return Response(status=status.HTTP_204_NO_CONTENT)


class CategoryViewSet(RecordsViewSet):
    queryset = Category.objects.all()
    key = "category_id"
    records = vocabulary.categories
    serializer_class = CategorySerializer
    ordering_fields: ClassVar = {"name": "name", "category_id": "category_id"}
    permissions: ClassVar = {
        "list": "anyone",
        "retrieve": "anyone",
        "create": "catalog.add_category",
        "partial_update": "catalog.change_category",
        "destroy": "catalog.delete_category",
    }

    def list(self, request: Request) -> Response:
        """List the categories of films, by name."""
        return self.get_paginated_response(self.list_rows())

    @extend_schema(responses={201: CategorySerializer})
    def create(self, request: Request) -> Response:
        """Add a category."""
        return self.made()

    def retrieve(self, request: Request, pk: str) -> Response:
        """A category."""
        return Response(self.row(pk))

    def partial_update(self, request: Request, pk: str) -> Response:
        """Rename a category."""
        return self.changed(pk)

    def destroy(self, request: Request, pk: str) -> Response:
        """Delete a category without films."""
        return self.removed(pk)


class ActorViewSet(RecordsViewSet):
    queryset = Actor.objects.all()
    key = "actor_id"
    records = vocabulary.actors
    serializer_class = ActorSerializer
    filterset_class = ActorFilter
    ordering_fields: ClassVar = {name: name for name in ("last_name", "first_name", "actor_id")}
    permissions: ClassVar = {
        "list": "anyone",
        "retrieve": "anyone",
        "create": "catalog.add_actor",
        "partial_update": "catalog.change_actor",
        "destroy": "catalog.delete_actor",
    }

    def list(self, request: Request) -> Response:
        """List actors, by name."""
        return self.get_paginated_response(self.list_rows())

    @extend_schema(responses={201: ActorSerializer})
    def create(self, request: Request) -> Response:
        """Add an actor."""
        return self.made()

    def retrieve(self, request: Request, pk: str) -> Response:
        """An actor."""
        return Response(self.row(pk))

    def partial_update(self, request: Request, pk: str) -> Response:
        """Change an actor's name."""
        return self.changed(pk)

    def destroy(self, request: Request, pk: str) -> Response:
        """Delete an actor who plays in no film."""
        return self.removed(pk)
