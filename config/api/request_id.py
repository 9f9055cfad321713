import re
import uuid
from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

HEADER = "X-Request-ID"
META_KEY = "HTTP_X_REQUEST_ID"
# What may stand in a log line and a header as it is.
SAFE = re.compile(r"[A-Za-z0-9_.:\-]{1,128}")


class RequestIdMiddleware:
    """Every answer carries the caller's request id, or one of ours; the logs carry the same."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not SAFE.fullmatch(request.META.get(META_KEY, "")):
            request.META[META_KEY] = uuid.uuid4().hex
        response = self.get_response(request)
        response.headers[HEADER] = request.META[META_KEY]
        return response


def request_id(request: HttpRequest) -> str:
    return str(request.META.get(META_KEY, ""))
