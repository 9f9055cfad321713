"""What all writes of the crew's API have in common."""

from typing import Any, ClassVar

from drf_spectacular.utils import OpenApiResponse
from rest_framework import serializers, status
from rest_framework.response import Response

from crew.services.discretion import hidden
from crew.services.transactions import Written
from pipeline.api.viewsets import RowsViewSet
from pipeline.errors import Refusal

Row = dict[str, Any]


class DryRun(serializers.Serializer[Any]):
    """Whether a write is only rehearsed."""

    dry_run = serializers.BooleanField(
        default=False, help_text="Answers with 200 what would be done, or refuses it as ever, and writes nothing."
    )


class WritingViewSet(RowsViewSet):
    """Writes that can be rehearsed: `?dry_run=true` answers the same body with `dry_run: true`."""

    query_parameters: ClassVar[dict[str, type[serializers.Serializer[Any]]]] = dict.fromkeys(
        ("create", "partial_update", "destroy"), DryRun
    )

    @property
    def dry_run(self) -> bool:
        query = DryRun(data=self.request.query_params.dict())
        query.is_valid(raise_exception=True)
        return bool(query.validated_data["dry_run"])

    @property
    def how(self) -> dict[str, Any]:
        """Who writes, whether it is only rehearsed, and of a change which version was read."""
        version = {"expected_version": self.expected_version} if self.action == "partial_update" else {}
        return {"by": self.caller, "dry_run": self.dry_run, **version}

    def handle_exception(self, exc: Exception) -> Response:
        """Refusals name other productions only to who may see them."""
        return super().handle_exception(hidden(exc, self.caller) if isinstance(exc, Refusal) else exc)

    def shown(self, row: Row) -> Row:
        """The row as the caller may see it."""
        return row

    def made(self, written: Written, route: str, *parents: int) -> Response:
        """201 with the new row and its address, or what would be made."""
        row = self.shown(written.row)
        if written.dry_run:
            return Response(row | {"dry_run": True})
        return self.created(row, route, *parents)

    def changed(self, written: Written, **more: Any) -> Response:
        """The row as it is now, or as it would be."""
        rehearsed = {"dry_run": True} if written.dry_run else {}
        return Response(self.shown(written.row) | more | rehearsed)

    def gone(self, written: Written, **more: Any) -> Response:
        """204, or the row that would be deleted."""
        if written.dry_run:
            return self.changed(written, **more)
        return Response(status=status.HTTP_204_NO_CONTENT)


def made(serializer: Any) -> dict[int, Any]:
    """The answers of a create."""
    return {201: serializer, 200: OpenApiResponse(serializer, description="A dry run, with `dry_run: true`.")}


def gone(serializer: Any) -> dict[int, Any]:
    """The answers of a deletion."""
    rehearsed = OpenApiResponse(serializer, description="A dry run: the row, with `dry_run: true`.")
    return {204: OpenApiResponse(description="Deleted."), 200: rehearsed}
