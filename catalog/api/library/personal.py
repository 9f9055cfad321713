"""What is somebody's own: tags and states. Anybody else's is not there."""

from typing import Any, ClassVar
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from catalog.api.library.filters import StateFilter
from catalog.api.library.media import UUID_REGEX
from catalog.api.library.personal_serializers import (
    FinishSerializer,
    StateSerializer,
    TaggedMediaSerializer,
    TagSerializer,
)
from catalog.models import Finish, MediaState, Tag, TaggedMedia
from catalog.services.library import states, tags
from pipeline.api.viewsets import RowsViewSet


class TagViewSet(RowsViewSet):
    queryset = Tag.objects.all()
    serializer_class = TagSerializer
    ordering_fields: ClassVar = {"name": "name", "created_at": "created_at"}
    permissions: ClassVar = dict.fromkeys(("list", "retrieve", "create", "destroy"), "account")

    def list(self, request: Request) -> Response:
        """List your tags, by name."""
        return self.get_paginated_response(self.list_rows())

    @extend_schema(responses={201: TagSerializer})
    def create(self, request: Request) -> Response:
        """Make a tag."""
        tag = tags.create_tag(by=self.caller, **self.valid())
        return self.created(self.row(tag.pk), "tag-detail")

    def retrieve(self, request: Request, pk: str) -> Response:
        """A tag of yours."""
        return Response(self.row(pk))

    def destroy(self, request: Request, pk: str) -> Response:
        """Delete a tag, and take it off all media."""
        tags.delete_tag(int(pk), by=self.caller)
        return Response(status=status.HTTP_204_NO_CONTENT)


class TaggedMediaViewSet(RowsViewSet):
    queryset = TaggedMedia.objects.order_by("pk")
    key = "media_id"
    serializer_class = TaggedMediaSerializer
    lookup_field = "media_item"
    lookup_url_kwarg = "media_id"
    lookup_value_regex = UUID_REGEX
    permissions: ClassVar = dict.fromkeys(("list", "retrieve", "create", "destroy"), "account")

    def visible(self) -> Any:
        """What carries the tag of the address, or 404 for a tag that is not the caller's."""
        tag_id = self.kwargs["tag_id"]
        self.found(Tag.objects.visible_to(self.caller).filter(pk=tag_id).values("pk"))
        return super().visible().filter(tag=tag_id)

    def row(self, pk: Any) -> dict[str, Any]:
        return self.found(self.visible().filter(media_item=pk).as_rows())

    def list(self, request: Request, tag_id: str) -> Response:
        """List the media that carry a tag."""
        return self.get_paginated_response(self.list_rows())

    @extend_schema(responses={200: TaggedMediaSerializer, 201: TaggedMediaSerializer})
    def create(self, request: Request, tag_id: str) -> Response:
        """Put a tag on an item: 201, or 200 where it was there."""
        link, is_new = tags.tag_media(int(tag_id), by=self.caller, **self.valid())
        row = self.row(link.media_item_id)
        if not is_new:
            return Response(row)
        return self.created(row, "tagged-media-detail", tag_id)

    def retrieve(self, request: Request, tag_id: str, media_id: str) -> Response:
        """That a tag is on an item."""
        return Response(self.row(media_id))

    def destroy(self, request: Request, tag_id: str, media_id: str) -> Response:
        """Take a tag off an item."""
        self.row(media_id)
        tags.untag_media(int(tag_id), by=self.caller, media_id=UUID(media_id))
        return Response(status=status.HTTP_204_NO_CONTENT)


class StateViewSet(RowsViewSet):
    queryset = MediaState.objects.all()
    serializer_class = StateSerializer
    filterset_class = StateFilter
    lookup_field = "media_item"
    lookup_url_kwarg = "media_id"
    lookup_value_regex = UUID_REGEX
    ordering_fields: ClassVar = {
        **{name: name for name in ("updated_at", "created_at", "rating", "finished_at")},
        "title": "media_item__title",
    }
    permissions: ClassVar = dict.fromkeys(("list", "retrieve", "update", "destroy"), "account")

    def row(self, pk: Any) -> dict[str, Any]:
        return self.found(self.visible().filter(media_item=pk).as_rows())

    def list(self, request: Request) -> Response:
        """List what is on your list, what changed last first."""
        return self.get_paginated_response(self.list_rows())

    def retrieve(self, request: Request, media_id: str) -> Response:
        """What an item is to you."""
        return Response(self.row(media_id))

    def update(self, request: Request, media_id: str) -> Response:
        """Put an item on your list, or change what is there.

        `started_at` is when you set it to currently_consuming first, `finished_at` when to consumed last.
        """
        states.put_state(UUID(media_id), by=self.caller, expected_version=self.expected_version, **self.valid())
        return Response(self.row(media_id))

    def destroy(self, request: Request, media_id: str) -> Response:
        """Take an item off your list."""
        states.remove_state(UUID(media_id), by=self.caller)
        return Response(status=status.HTTP_204_NO_CONTENT)


class FinishViewSet(RowsViewSet):
    queryset = Finish.objects.order_by("-finished_at", "-pk")
    serializer_class = FinishSerializer
    permissions: ClassVar = {"list": "account"}

    def visible(self) -> Any:
        """Those of the item, or 404 for one that is not on the caller's list."""
        own = MediaState.objects.visible_to(self.caller).filter(media_item=self.kwargs["media_id"])
        return super().visible().filter(state=self.found(own.values("pk"))["pk"])

    def list(self, request: Request, media_id: str) -> Response:
        """List when you finished an item, the last time first."""
        return self.get_paginated_response(self.list_rows())
