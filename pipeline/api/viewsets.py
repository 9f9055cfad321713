from typing import Any, ClassVar, cast

import orjson
from django.http import Http404
from rest_framework import status
from rest_framework.response import Response
from rest_framework.reverse import reverse
from rest_framework.viewsets import GenericViewSet

from pipeline.api.statements import Newest
from pipeline.services import Actor


class RowsViewSet(GenericViewSet[Any]):
    """Lists and details straight from `.values()`: the serializer describes them and reads what comes in."""

    permissions: ClassVar[dict[str, str | tuple[str, ...]]] = {}
    # What `ordering` may name, each with its column.
    ordering_fields: ClassVar[dict[str, str]] = {}
    lookup_value_regex = "[0-9]{1,18}"
    # What a row calls its id.
    key = "id"

    @property
    def caller(self) -> Actor:
        """Who calls; the declared permissions let nobody in who is not signed in."""
        return cast(Actor, self.request.user)

    def visible(self) -> Any:
        """What the caller may see of this view's rows."""
        queryset: Any = self.get_queryset()
        return queryset.visible_to(self.caller)

    def list_rows(self) -> Any:
        return self.paginate_queryset(self.filter_queryset(self.visible()))

    def row(self, pk: Any) -> dict[str, Any]:
        """The row as the API shows it, or 404."""
        return self.found(self.visible().filter(pk=pk).as_rows())

    def found(self, rows: Any) -> dict[str, Any]:
        """The one row that there can be of a `.values()` queryset, or 404."""
        row: dict[str, Any] | None = rows.first()
        if row is None:
            raise Http404
        return row

    def with_newest(self, row: dict[str, Any], newest: Newest) -> dict[str, Any]:
        """The row with what hangs on it: of each kind the newest, and as `<name>_count` its whole number."""
        is_json = self.request.accepted_renderer.format == "json"
        for name, page in newest.of(row[self.key]).items():
            row[name] = orjson.Fragment(page.rows) if is_json else orjson.loads(page.rows)
            row[f"{name}_count"] = page.total
        return row

    def valid(self) -> dict[str, Any]:
        """The checked body; of a PATCH just the keys that came."""
        serializer = self.get_serializer(data=self.request.data, partial=self.action == "partial_update")
        serializer.is_valid(raise_exception=True)
        data: dict[str, Any] = serializer.validated_data
        return data

    @property
    def expected_version(self) -> int | None:
        """What `If-Match` says that the caller has read."""
        version: int | None = self.request.META.get("backlot.expected_version")
        return version

    def created(self, row: dict[str, Any], route: str, *parents: Any) -> Response:
        """201 with the new row and its address: the detail route `route`, below `parents` where it has some."""
        location = reverse(route, args=[*parents, row[self.key]], request=self.request)
        return Response(row, status=status.HTTP_201_CREATED, headers={"Location": location})
