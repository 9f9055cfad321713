"""A whole library out and in."""

from typing import Any, ClassVar, cast

from django.http import StreamingHttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from catalog.api.library.serializers import ACTIONS
from catalog.services.library.transfer import csv_rows, import_library, library_of
from catalog.services.library.transfer.reading import COLUMNS
from pipeline.api.imports import ImportCounts, ImportQuery, ImportView, RowError, answers
from pipeline.services import Actor
from pipeline.tables import lines

NAME = "library"


class LibraryDocument(serializers.Serializer[Any]):
    """All that is yours: tags, media with your state and tags, and menus."""

    format = serializers.CharField()
    version = serializers.IntegerField()
    tags = serializers.ListField(child=serializers.CharField())
    media = serializers.ListField(child=serializers.DictField())
    menus = serializers.ListField(child=serializers.DictField())


class LibraryView(GenericAPIView[Any]):
    serializer_class = LibraryDocument
    permissions: ClassVar = {"get": "account"}
    # It is no list, and comes as a table too.
    comes_as_csv = ("get",)

    @extend_schema(responses={200: LibraryDocument, (200, "text/csv"): OpenApiTypes.STR})
    def get(self, request: Request) -> Any:
        """Take your whole library out.

        As JSON all of it; with `format=csv` a row for each item that is on your list or carries a tag, without menus.
        What comes out goes in again at `/me/library/import`.
        """
        caller = cast(Actor, request.user)
        name = f'attachment; filename="{NAME}.{request.accepted_renderer.format}"'
        if request.accepted_renderer.format != "csv":
            return Response(library_of(caller), headers={"Content-Disposition": name})
        body = (line.encode() for line in lines(csv_rows(caller), COLUMNS))
        headers = {"Content-Disposition": name}
        return StreamingHttpResponse(body, content_type="text/csv; charset=utf-8", headers=headers)


class LibraryRow(serializers.Serializer[Any]):
    """A row of a library's file; of a document its number."""

    line = serializers.IntegerField()
    action = serializers.ChoiceField(choices=ACTIONS)
    kind = serializers.ChoiceField(choices=("tag", "media", "menu"))
    title = serializers.CharField()
    errors = RowError(many=True)  # type: ignore[assignment]


class LibraryImported(ImportCounts):
    rows = LibraryRow(many=True)


class LibraryImportView(ImportView):
    permissions: ClassVar = {"post": "account"}
    query_parameters: ClassVar = {"post": ImportQuery}

    @extend_schema(responses=answers(LibraryImported))
    def post(self, request: Request) -> Response:
        """Bring a library in, as JSON or CSV.

        An item is known by its id, else by a source's id, else it is added. States become what the file says, tags are
        put on, a menu of yours with the same slug is replaced; nothing is taken away that the file does not name.
        """
        return Response(import_library(self.file(), by=self.caller, **self.query()))
