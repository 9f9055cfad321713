from typing import Any, ClassVar, cast
from uuid import UUID

from django.http import Http404, HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from catalog.api.library import serializers
from catalog.api.library.filters import MediaFilter
from catalog.connectors import CONNECTORS
from catalog.models import MediaItem
from catalog.services.library.covers import cover_of
from catalog.services.library.ingesting import ingest_media, nothing
from catalog.services.library.media import change_media, create_media
from catalog.services.library.searching import search_media
from pipeline.api.viewsets import RowsViewSet
from pipeline.services import Actor

UUID_REGEX = "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}"
A_DAY = 86_400


def with_details(data: dict[str, Any], media_type: str) -> dict[str, Any]:
    """The body with what only the kind has as `details`. Raises ValidationError for what another kind has."""
    given = {kind: data.pop(kind) for kind in serializers.KINDS if kind in data}
    for kind, details in given.items():
        if details is not None and kind != media_type:
            raise ValidationError({kind: f"This is a {media_type}; what only it has stands under {media_type!r}."})
    return data | {"details": given.get(media_type)}


class MediaViewSet(RowsViewSet):
    """Media are for every account to read and to add; each changes what it added."""

    queryset = MediaItem.objects.all()
    serializer_class = serializers.MediaSerializer
    filterset_class = MediaFilter
    lookup_value_regex = UUID_REGEX
    ordering_fields: ClassVar = {
        **{name: name for name in ("title", "release_date", "created_at")},
        "rating": "own_rating",
    }
    permissions: ClassVar = dict.fromkeys(("list", "retrieve", "create", "partial_update"), "account")

    def visible(self) -> Any:
        return super().visible().for_user(self.caller)

    def list(self, request: Request) -> Response:
        """List media.

        `tag`, `exclude_tag`, `status`, `favorite` and the order by `rating` are about your own; what you did not rate
        comes before all that you did, or with `-rating` after it.
        """
        return self.get_paginated_response(self.list_rows())

    @extend_schema(responses={201: serializers.MediaSerializer})
    def create(self, request: Request) -> Response:
        """Add an item by hand."""
        data = self.valid()
        item = create_media(by=self.caller, **with_details(data, data["media_type"]))
        return self.created(self.row(item.pk), "media-detail")

    def retrieve(self, request: Request, pk: str) -> Response:
        """An item with what only its kind has, and where it came from."""
        return Response(self.row(pk))

    def partial_update(self, request: Request, pk: str) -> Response:
        """Change an item that you added; clerks change all of them."""
        data = with_details(self.valid(), self.row(pk)["media_type"])
        change_media(UUID(pk), by=self.caller, expected_version=self.expected_version, **data)
        return Response(self.row(pk))


class MediaSearchView(GenericAPIView[Any]):
    serializer_class = serializers.MediaFoundSerializer
    permissions: ClassVar = {"get": "account"}
    query_parameters: ClassVar = {"get": serializers.MediaSearchParameters}

    @extend_schema(responses=serializers.MediaFoundSerializer)
    def get(self, request: Request) -> Response:
        """Search media, here and if wanted at the sources.

        Titles before who made it before descriptions; accents and case do not matter, and what is written nearly so
        comes last. With `include_external` the sources of the wanted types are asked all at once; what they send is
        kept here. One that fails is named in `sources`, and never fails the answer.
        """
        query = serializers.MediaSearchParameters(data=request.query_params.dict())
        query.is_valid(raise_exception=True)
        wanted = dict(query.validated_data)
        wanted.pop("format", None)
        return Response(search_media(wanted.pop("q"), by=cast(Actor, request.user), **wanted))


class IngestView(GenericAPIView[Any]):
    serializer_class = serializers.IngestSerializer
    permissions: ClassVar = {"post": "account"}
    # The source is asked before anything is written, and no transaction may be open meanwhile.
    begins_itself = ("post",)

    @extend_schema(responses=serializers.IngestedSerializer)
    def post(self, request: Request, source: str) -> Response:
        """Take media in from a source: one by its id, or what a search there finds.

        Twice gives one item. An unknown id is a 404; a source without its credentials is a 503 that says what to set.
        """
        serializer = self.get_serializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        wanted = dict(serializer.validated_data)
        form = form_of(source, wanted.pop("media_type", None))
        begin = request.META.get("backlot.begin")
        results = ingest_media(
            source,
            by=cast(Actor, request.user),
            form=form,
            begin=(lambda: begin(nothing)) if begin else nothing,
            **wanted,
        )
        return Response({"results": results})


def form_of(source: str, media_type: str | None) -> str | None:
    """`movie` or `tv` of TMDB. Raises ValidationError for a type that the source does not have."""
    known = ("movie", "tv") if source == "tmdb" else (CONNECTORS[source].kind,)
    if media_type is not None and media_type not in known:
        raise ValidationError({"media_type": f"This source knows {' and '.join(known)} only."})
    return media_type if source == "tmdb" else None


class CoverView(GenericAPIView[Any]):
    queryset = MediaItem.objects.all()
    permissions: ClassVar = dict.fromkeys(("get", "head"), "anyone")

    @extend_schema(responses={(200, "image/webp"): OpenApiTypes.BINARY})
    def get(self, request: Request, media_id: str) -> HttpResponse:
        """The cover of an item, kept here as WebP.

        Fetched once from the source that the item came from, never from an address that somebody typed. Without an
        account only of media in public menus.
        """
        item = MediaItem.objects.visible_to(cast(Actor, request.user)).filter(pk=media_id).first()
        picture = cover_of(item) if item else None
        if picture is None:
            raise Http404
        return HttpResponse(picture, content_type="image/webp", headers={"Cache-Control": f"private, max-age={A_DAY}"})
