from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal
from typing import Any

import orjson
from django.utils.functional import Promise
from rest_framework.renderers import BaseRenderer


def encoded(value: Any) -> Any:
    """What orjson does not know: money stays text with its digits, lazy text becomes text."""
    if isinstance(value, Decimal | Promise):
        return str(value)
    if isinstance(value, timedelta):
        return value.total_seconds()
    if isinstance(value, set | frozenset | tuple):
        return list(value)
    raise TypeError(f"{type(value).__name__} is no JSON value")


class OrjsonRenderer(BaseRenderer):
    media_type = "application/json"
    format = "json"
    charset = None
    render_style = "text"

    def render(
        self,
        data: Any,
        accepted_media_type: str | None = None,
        renderer_context: Mapping[str, Any] | None = None,
    ) -> bytes:
        # The browsable API asks for an indent, for people.
        readable = orjson.OPT_INDENT_2 if (renderer_context or {}).get("indent") else 0
        return b"" if data is None else orjson.dumps(data, default=encoded, option=orjson.OPT_NON_STR_KEYS | readable)
