"""The front doors of the API: its index, its schema and its manuals."""

from functools import cache
from pathlib import Path
from typing import Any, ClassVar

from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse
from django.templatetags.static import static
from django.urls import NoReverseMatch, get_resolver
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularAPIView, SpectacularRedocView, SpectacularSwaggerSplitView
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse
from rest_framework.views import APIView

from config.api.examples import first_ids, with_examples
from config.api.permissions import may

MAKERS_PICTURE = b"https://cdn.redoc.ly/redoc/logo-mini.svg"


class ApiIndex(APIView):
    """What there is, with its addresses."""

    permissions: ClassVar = {"get": "anyone"}

    @extend_schema(responses={200: {"type": "object", "additionalProperties": {"type": "string", "format": "uri"}}})
    def get(self, request: Request) -> Response:
        """The lists that the caller may read, each with its address."""
        names = sorted(name for name in get_resolver().reverse_dict if isinstance(name, str))
        urls = [address(name, request) for name in names if name.endswith("-list")]
        return Response({url.partition("/api/v1/")[2]: url for url in urls if url})


def address(name: str, request: Request) -> str | None:
    """The address of a list that stands by itself, to those who may read it."""
    try:
        url = reverse(name, request=request)
    except NoReverseMatch:
        return None
    view: Any = get_resolver().resolve(reverse(name)).func
    rights = view.cls.permissions.get("list", ())
    return url if any(may(request, right) for right in ([rights] if isinstance(rights, str) else rights)) else None


class ScriptParameter(serializers.Serializer[Any]):
    script = serializers.CharField(allow_blank=True, required=False)


@cache
def document() -> dict[str, Any]:
    """The schema, made once a process: it costs a second."""
    schema: dict[str, Any] = SchemaGenerator().get_schema(public=True)
    return schema


@extend_schema(exclude=True)
class Schema(SpectacularAPIView):
    """OpenAPI 3.1 of this API, as JSON or YAML."""

    permissions: ClassVar = {"get": "anyone"}

    def get(self, request: Request) -> Response:
        return Response(with_examples(document(), first_ids()))


class Docs(SpectacularSwaggerSplitView):
    permissions: ClassVar = {"get": "anyone"}
    query_parameters: ClassVar = {"get": ScriptParameter}


class Redoc(SpectacularRedocView):
    permissions: ClassVar = {"get": "anyone"}


@cache
def redoc_bundle() -> bytes:
    """Redoc without the picture that it would fetch from its makers."""
    path = finders.find("drf_spectacular_sidecar/redoc/bundles/redoc.standalone.js")
    return Path(str(path)).read_bytes().replace(MAKERS_PICTURE, static("config/icon.svg").encode())


def redoc_script(request: HttpRequest) -> HttpResponse:
    return HttpResponse(redoc_bundle(), content_type="text/javascript", headers={"Cache-Control": "max-age=86400"})
