"""Pictures and videos of versions, to who may see versions."""

from dataclasses import dataclass
from typing import Any, ClassVar, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import re_path
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.views import APIView

from pipeline.services import Actor
from pipeline.spans import SpanResponse
from shows.api.ranges import ByteRange, is_known, wanted_range
from shows.models import MediaType, Version
from shows.services.media.storage import Part, media_storage, name_of

SMALL_PICTURE = MediaType.WEBP.value
# A key's files never change, but another account on the same machine may not see what the first one kept.
ALWAYS = {
    "Accept-Ranges": "bytes",
    "Cache-Control": "private, max-age=31536000, immutable",
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Vary": "Authorization, Cookie",
    "X-Content-Type-Options": "nosniff",
}
ENDINGS = {
    MediaType.PNG: "png",
    MediaType.JPEG: "jpg",
    MediaType.WEBP: "webp",
    MediaType.MP4: "mp4",
    MediaType.WEBM: "webm",
}


@dataclass(frozen=True)
class Stored:
    """A stored file with what a browser is told of it."""

    name: str
    size: int
    media_type: str
    etag: str
    title: str

    def headers(self) -> dict[str, str]:
        filename = f"{self.title}.{ENDINGS[MediaType(self.media_type)]}"
        return {"Content-Disposition": f'inline; filename="{filename}"', "ETag": self.etag, **ALWAYS}


def stored(row: dict[str, Any], part: Part) -> Stored:
    """The file of a version's row. Raises FileNotFoundError, Http404 where there is none."""
    if row["media_key"] is None:
        raise Http404
    name = name_of(row["media_key"], part)
    is_media = part == Part.MEDIA
    return Stored(
        name=name,
        size=media_storage().size(name),
        media_type=row["media_type"] if is_media else SMALL_PICTURE,
        etag=f'"{row["media_key"].hex}{"" if is_media else f"-{part}"}"',
        title=f"{row['show']}_{row['sequence']}_{row['shot_code']}_v{row['number']:03d}",
    )


def answer(request: HttpRequest, file: Stored) -> HttpResponseBase:
    """The file or the part of it that is asked for: 200, 206 or 304. Raises RangeNotSatisfiable."""
    if is_known(request, file.etag):
        return HttpResponse(status=304, headers=file.headers())
    part = wanted_range(request, file.size, file.etag)
    headers = file.headers() | {"Content-Type": file.media_type}
    if part is None:
        return sent(request, file, ByteRange(0, file.size - 1), 200, headers)
    headers["Content-Range"] = f"bytes {part.first}-{part.last}/{file.size}"
    return sent(request, file, part, 206, headers)


def sent(request: HttpRequest, file: Stored, part: ByteRange, status: int, headers: dict[str, str]) -> HttpResponseBase:
    headers["Content-Length"] = str(part.length)
    if request.method == "HEAD":
        return HttpResponse(status=status, headers=headers)
    span = media_storage().span(file.name, part.first, part.length)
    return SpanResponse(span, status=status, headers=headers)


def described(*media_types: str) -> Any:
    """What the schema says of a file that is served."""
    bodies: dict[Any, Any] = {
        (status, media_type): OpenApiResponse(OpenApiTypes.BINARY, description=text)
        for status, text in ((200, "The file."), (206, "The part of it that `Range` names."))
        for media_type in media_types
    }
    bodies[304] = OpenApiResponse(description="The caller has it already.")
    bodies[416, "application/problem+json"] = {"$ref": "#/components/schemas/Problem"}
    return extend_schema(
        parameters=[
            OpenApiParameter("Range", str, OpenApiParameter.HEADER, description="One range, such as `bytes=0-1023`."),
            OpenApiParameter("If-Range", str, OpenApiParameter.HEADER, description="The ETag of the earlier parts."),
        ],
        responses=bodies,
    )


class FileView(APIView):
    """One of a version's files; a version without it is a 404."""

    permissions: ClassVar = {"get": "shows.view_version"}
    part: ClassVar[Part]

    def file(self, pk: str) -> HttpResponseBase:
        versions = Version.objects.visible_to(cast(Actor, self.request.user)).filter(pk=pk)
        row = versions.as_files().first()
        if row is None:
            raise Http404
        try:
            return answer(self.request._request, stored(row, self.part))
        except FileNotFoundError:
            raise Http404 from None


class MediaView(FileView):
    part = Part.MEDIA

    @described(*MediaType.values)
    def get(self, request: Request, pk: str) -> HttpResponseBase:
        """A version's picture or video, whole or in byte ranges."""
        return self.file(pk)


class ThumbnailView(FileView):
    part = Part.THUMBNAIL

    @described(SMALL_PICTURE)
    def get(self, request: Request, pk: str) -> HttpResponseBase:
        """A small picture of a version's media."""
        return self.file(pk)


class PosterView(FileView):
    part = Part.POSTER

    @described(SMALL_PICTURE)
    def get(self, request: Request, pk: str) -> HttpResponseBase:
        """The first frame of a version's video."""
        return self.file(pk)


VERSION = r"^versions/(?P<pk>[0-9]{1,18})"
urlpatterns = [
    re_path(rf"{VERSION}/media$", MediaView.as_view(), name="version-media"),
    re_path(rf"{VERSION}/thumbnail$", ThumbnailView.as_view(), name="version-thumbnail"),
    re_path(rf"{VERSION}/poster$", PosterView.as_view(), name="version-poster"),
]
