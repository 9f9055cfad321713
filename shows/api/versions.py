"""Versions of shots, and how they are handed in."""

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from pipeline.api.viewsets import RowsViewSet
from shows.api.serializers import VersionSerializer, VersionUpload
from shows.api.viewsets import OfShotViewSet
from shows.models import Version
from shows.services.media.handing_in import begin_nothing, hand_in_version

BODIES: Any = {"application/json": VersionSerializer, "multipart/form-data": VersionUpload}


class ShotVersionViewSet(OfShotViewSet):
    queryset = Version.objects.order_by("-pk")
    permissions: ClassVar = {"list": "shows.view_version", "create": "shows.add_version"}
    # Looking at a file takes long, and no transaction may be open meanwhile.
    begins_itself = ("create",)
    upload_limit = "MEDIA_MAX_BYTES"

    def get_serializer_class(self) -> Any:
        return VersionUpload if self.action == "create" else VersionSerializer

    @extend_schema(responses=VersionSerializer)
    def list(self, request: Request, shot_id: str) -> Response:
        """List the versions of a shot, newest first."""
        return self.list_of_shot()

    @extend_schema(request=BODIES, responses={201: VersionSerializer})
    def create(self, request: Request, shot_id: str) -> Response:
        """Hand in the next version of a shot.

        As form data it may bring its `media`: a PNG, JPEG or WebP picture, or an MP4 or WebM video in H.264, VP8, VP9
        or AV1, told by its content. A file that is none of these, is damaged, or holds something else beside its
        picture is refused, and nothing is kept.
        """
        fields = self.valid()
        begin = request.META.get("backlot.begin", begin_nothing)
        file = fields.pop("media", None)
        version = hand_in_version(self.shot_id, by=self.caller, file=file, begin=begin, **fields)
        return self.created(self.row(version.pk), "version-detail")


class VersionViewSet(RowsViewSet):
    queryset = Version.objects.all()
    serializer_class = VersionSerializer
    permissions: ClassVar = {"retrieve": "shows.view_version"}

    def retrieve(self, request: Request, pk: str) -> Response:
        """A version of a shot."""
        return Response(self.row(pk))
