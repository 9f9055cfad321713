import codecs
import json
import math
import re
from collections.abc import Iterable, Mapping
from typing import IO, Any, NoReturn

from django.conf import settings
from rest_framework.exceptions import APIException, ParseError, UnsupportedMediaType
from rest_framework.parsers import BaseParser
from rest_framework.utils.mediatypes import _MediaType

from config.api.renderers import OrjsonRenderer

# An escape that could stand for what no text column can hold; rare, so the text is walked only then.
SUSPICIOUS = re.compile(r"\\u(?:0000|[dD][89a-fA-F])")
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
INT64 = 2**63


class TooLarge(APIException):
    status_code = 413
    default_code = "too_large"

    def __init__(self, most: int) -> None:
        super().__init__(f"The body is larger than {most} bytes. Send less, or send a file where one is taken.")


class StrictJsonParser(BaseParser):
    """JSON as the standard means it: UTF-8, no NaN, no key twice, nothing that a text column cannot hold."""

    media_type = "application/json"
    # Fills the browsable API's raw form.
    renderer_class = OrjsonRenderer

    def parse(
        self, stream: IO[bytes], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> Any:
        refuse_other_charset(media_type)
        request = (parser_context or {})["request"]
        if int(request.META.get("CONTENT_LENGTH") or 0) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            raise TooLarge(settings.DATA_UPLOAD_MAX_MEMORY_SIZE)
        return parsed(stream.read())


def refuse_other_charset(media_type: str | None) -> None:
    charset = _MediaType(media_type or "").params.get("charset", "utf-8")
    try:
        known = codecs.lookup(str(charset)).name in ("utf-8", "ascii")
    except LookupError:
        known = False
    if not known:
        raise UnsupportedMediaType(str(media_type), "JSON is read as UTF-8 only.")


def parsed(body: bytes) -> Any:
    try:
        text = body.decode()
        data = json.loads(text, **STRICTLY)
    except UnicodeDecodeError:
        raise ParseError("The body is not UTF-8.") from None
    except RecursionError:
        raise ParseError("The body is nested too deeply.") from None
    except ValueError as error:
        raise ParseError(f"The body is not JSON: {error}.") from None
    if SUSPICIOUS.search(text):
        refuse_unstorable(data)
    return data


def without_doubles(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise ParseError(f"The key {key[:50]!r} is given twice.")
        found[key] = value
    return found


def refuse_constant(name: str) -> NoReturn:
    raise ParseError(f"{name} is no JSON number.")


def whole(digits: str) -> int:
    """Numbers that no column holds are refused here, before Python counts their digits."""
    if len(digits) > 20 or not -INT64 <= int(digits) < INT64:
        raise ParseError(f"The number {digits[:25]} is out of range.")
    return int(digits)


def finite(digits: str) -> float:
    value = float(digits)
    if math.isinf(value):
        raise ParseError(f"The number {digits[:25]} is out of range.")
    return value


STRICTLY: dict[str, Any] = {
    "object_pairs_hook": without_doubles,
    "parse_constant": refuse_constant,
    "parse_int": whole,
    "parse_float": finite,
}


def refuse_unstorable(value: Any) -> None:
    if isinstance(value, str) and UNSTORABLE.search(value):
        raise ParseError("A text holds a NUL character or half of a surrogate pair.")
    if isinstance(value, dict):
        refuse_unstorable(list(value.keys()))
        refuse_unstorable(list(value.values()))
    if isinstance(value, list):
        for item in value:
            refuse_unstorable(item)
