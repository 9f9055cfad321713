import re
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from config.api.problems import problem_response

PREFIX = "/api/"
EXPECTED_VERSION = "backlot.expected_version"
ENTITY_TAG = re.compile(r'(?:W/)?"(\d{1,10})"')
# Matches no row: a tag that we never gave is stale.
NEVER_GIVEN = -1


class ApiMiddleware:
    """Paths with and without a trailing slash, `If-Match` on the way in, `ETag` on the way out."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not request.path_info.startswith(PREFIX):
            return self.get_response(request)
        request.path_info = request.path_info.rstrip("/")
        wanted = request.META.get("HTTP_IF_MATCH", "*").strip()
        if "," in wanted:
            return problem_response(request, 400, "If-Match takes one entity tag.", code="invalid")
        if wanted != "*":
            found = ENTITY_TAG.fullmatch(wanted)
            request.META[EXPECTED_VERSION] = int(found[1]) if found else NEVER_GIVEN
        return self.get_response(request)

    def process_template_response(self, request: HttpRequest, response: Any) -> Any:
        data = getattr(response, "data", None)
        # A dry run shows a version that never comes to be.
        row = data if isinstance(data, dict) and not data.get("dry_run") else {}
        if response.status_code in (200, 201) and "row_version" in row:
            response.headers["ETag"] = f'"{row["row_version"]}"'
        return response
