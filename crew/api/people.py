"""Roles and people."""

from functools import partial
from types import SimpleNamespace
from typing import Any, ClassVar

import orjson
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from crew.api import sight
from crew.api.filters import CrewFilter, RoleFilter
from crew.api.serializers import CrewMemberSerializer, RoleSerializer
from crew.api.writing import Row, WritingViewSet, gone, made
from crew.models import CrewMember, Role
from crew.services import people, roles


class RoleViewSet(WritingViewSet):
    queryset = Role.objects.all()
    serializer_class = RoleSerializer
    filterset_class = RoleFilter
    ordering_fields: ClassVar = {name: name for name in ("name", "department", "id")}
    permissions: ClassVar = {
        "list": "crew.view_role",
        "retrieve": "crew.view_role",
        "create": "crew.add_role",
        "partial_update": "crew.change_role",
        "destroy": "crew.delete_role",
    }

    def list(self, request: Request) -> Response:
        """List the roles of the studio."""
        return self.get_paginated_response(self.list_rows())

    @extend_schema(responses=made(RoleSerializer))
    def create(self, request: Request) -> Response:
        """Add a role."""
        return self.made(roles.create_role(**self.valid(), **self.how), "crew-role-detail")

    def retrieve(self, request: Request, pk: str) -> Response:
        """A role."""
        return Response(self.row(pk))

    def partial_update(self, request: Request, pk: str) -> Response:
        """Change a role; whoever holds it holds it still."""
        return self.changed(roles.change_role(int(pk), **self.how, **self.valid()))

    @extend_schema(responses=gone(RoleSerializer))
    def destroy(self, request: Request, pk: str) -> Response:
        """Delete a role that nobody holds, and no production wants or booked."""
        return self.gone(roles.delete_role(int(pk), **self.how))


class CrewViewSet(WritingViewSet):
    """Day rates leave only for who may see them."""

    queryset = CrewMember.objects.all()
    serializer_class = CrewMemberSerializer
    filterset_class = CrewFilter
    ordering_fields: ClassVar = {"full_name": "full_name", "hire_date": "employment__startswith", "id": "pk"}
    permissions: ClassVar = {
        "list": "crew.view_crewmember",
        "retrieve": sight.CREW,
        "create": "crew.add_crewmember",
        "partial_update": "crew.change_crewmember",
        "destroy": "crew.delete_crewmember",
    }

    @property
    def sees_rates(self) -> bool:
        return self.caller.has_perm("crew.view_day_rate")

    def shown(self, row: Row) -> Row:
        if not self.sees_rates:
            del row["day_rate"]
        return row

    def list(self, request: Request) -> Response:
        """List who is under contract, was, or will be."""
        found: Any = self.filter_queryset(self.visible())
        if request.accepted_renderer.format == "csv":
            table: Any = SimpleNamespace(as_csv_rows=partial(found.as_csv_rows, rates=self.sees_rates))
            return self.get_paginated_response(self.paginate_queryset(table))
        rows: Any = self.paginate_queryset(found)
        if not self.sees_rates:
            rows = [self.shown(row) for row in orjson.loads(orjson.dumps(rows))]
        return self.get_paginated_response(rows)

    @extend_schema(responses=made(CrewMemberSerializer))
    def create(self, request: Request) -> Response:
        """Hire somebody."""
        return self.made(people.hire_member(**self.valid(), **self.how), "crew-detail")

    def retrieve(self, request: Request, pk: str) -> Response:
        """Somebody of the crew; artists see their own row."""
        row = self.visible().filter(pk=pk).as_rows().first()
        if row is None:
            sight.demand_sight(request.user, int(pk), sight.CREW)
            row = self.row(pk)
        return Response(self.shown(row))

    def partial_update(self, request: Request, pk: str) -> Response:
        """Change somebody, or the contract; a contract does not end before a booking."""
        return self.changed(people.change_member(int(pk), **self.how, **self.valid()))

    @extend_schema(responses=gone(CrewMemberSerializer))
    def destroy(self, request: Request, pk: str) -> Response:
        """Delete somebody to whom nothing is assigned and who is not booked."""
        return self.gone(people.delete_member(int(pk), **self.how))
