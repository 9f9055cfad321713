from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import orjson
from django.utils.functional import Promise
from rest_framework.renderers import BaseRenderer


def encoded(value: Any) -> Any:
    """What orjson does not know: money stays text with its digits, lazy text becomes text.

    A time is written as PostgreSQL writes it into the lists, without the zeros that end a fraction: a row is the
    same text by itself as in its list.
    """
    if isinstance(value, datetime):
        return written(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal | Promise):
        return str(value)
    if isinstance(value, timedelta):
        return value.total_seconds()
    if isinstance(value, set | frozenset | tuple):
        return list(value)
    raise TypeError(f"{type(value).__name__} is no JSON value")


def written(time: datetime) -> str:
    text = time.isoformat()
    if not time.microsecond:
        return text
    seconds, offset = text[:26], text[26:]
    return seconds.rstrip("0") + offset


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
        option = orjson.OPT_NON_STR_KEYS | orjson.OPT_PASSTHROUGH_DATETIME | readable
        return b"" if data is None else orjson.dumps(data, default=encoded, option=option)
