from collections.abc import Iterable
from typing import Any

from rest_framework.exceptions import NotAcceptable, ValidationError
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request


class JsonUnlessAsked(DefaultContentNegotiation):
    """JSON, unless `format=` or the Accept header asks for another form that we have."""

    def select_renderer(
        self, request: Request, renderers: Iterable[BaseRenderer], format_suffix: str | None = None
    ) -> tuple[BaseRenderer, str]:
        renderers = list(renderers)
        wanted = request.query_params.get("format")
        if wanted is not None:
            return self.named(renderers, wanted)
        accept = request.META.get("HTTP_ACCEPT", "*/*")
        if accept in ("*/*", "application/json"):
            return renderers[0], renderers[0].media_type
        try:
            selected: tuple[BaseRenderer, str] = super().select_renderer(request, renderers, format_suffix)
            return selected
        except NotAcceptable:
            return renderers[0], renderers[0].media_type

    def named(self, renderers: list[BaseRenderer], wanted: str) -> tuple[BaseRenderer, str]:
        for renderer in renderers:
            if renderer.format == wanted:
                return renderer, renderer.media_type
        known = ", ".join(str(renderer.format) for renderer in renderers)
        raise ValidationError({"format": f"{wanted[:20]!r} is not one of {known}."}, code="invalid_choice")

    def filter_renderers(self, renderers: Iterable[Any], format: str) -> list[Any]:
        return list(renderers)
