"""Lists as CSV, streamed row by row."""

from collections.abc import Mapping
from typing import Any

from django.http import StreamingHttpResponse
from rest_framework.renderers import BaseRenderer

from pipeline.tables import lines_of


class CsvRenderer(BaseRenderer):
    """Chosen by `format=csv`: lists stream themselves (config.api.paging); the gate refuses it for all else."""

    media_type = "text/csv"
    format = "csv"
    charset = "utf-8"

    def render(
        self, data: Any, accepted_media_type: str | None = None, renderer_context: Mapping[str, Any] | None = None
    ) -> bytes:
        return b""


def response(queryset: Any, name: str) -> StreamingHttpResponse:
    """All rows of a `.values()` queryset, fetched in portions while they are sent."""
    body = (line.encode() for line in lines_of(queryset))
    answer = StreamingHttpResponse(body, content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return answer
