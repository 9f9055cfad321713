"""What is refused outside of a view: as a problem under /api/, as a page elsewhere."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.template.loader import render_to_string

from config.api.problems import problem_response
from config.api.request_id import request_id
from config.api.uploads import UploadTooLarge
from config.pages.appearance import theme_of
from pipeline.errors import Refusal

JSON_PATHS = ("/api/", "/health")
NOTHING_HERE = "There is nothing at this address, or it is not for you."


class RefusedPages:
    """Turns what a service refuses, and what is not there, into a page where no view did."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, Refusal):
            return refused(request, error.status, error.title, error.detail, error.code)
        if isinstance(error, ObjectDoesNotExist):
            return page_not_found(request)
        if isinstance(error, OperationalError | InterfaceError):
            return database_unavailable(request)
        return None


def refused(request: HttpRequest, status: int, title: str, detail: str, code: str) -> HttpResponse:
    if is_for_programs(request):
        return problem_response(request, status, detail, code=code)
    return render(request, "error.html", facts(request, status, title, detail), status=status)


def is_for_programs(request: HttpRequest) -> bool:
    return request.path.startswith(JSON_PATHS) or request.path == "/api"


def facts(request: HttpRequest, status: int, title: str, detail: str) -> dict[str, Any]:
    return {"status": status, "title": title, "detail": detail, "request_id": request_id(request)}


def bad_request(request: HttpRequest, exception: Any = None) -> HttpResponse:
    if isinstance(exception, UploadTooLarge):
        return refused(request, 413, "Too large", str(exception), "too_large")
    return refused(request, 400, "That did not work", "The request has mistakes or is too large.", "invalid")


def permission_denied(request: HttpRequest, exception: Any = None) -> HttpResponse:
    return refused(request, 403, "Not allowed", "Your role does not allow this.", "permission_denied")


def page_not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:
    return refused(request, 404, "Not found", NOTHING_HERE, "not_found")


def server_error(request: HttpRequest) -> HttpResponse:
    detail = "The error was logged. Tell your administrator the request id."
    return without_database(request, 500, "Something broke on our side", detail, "internal_error")


def database_unavailable(request: HttpRequest) -> HttpResponse:
    detail = "The database cannot be reached or is too busy. Nothing was changed. Try again in a moment."
    response = without_database(request, 503, "Not available now", detail, "database_unavailable")
    response.headers["Retry-After"] = "5"
    return response


def without_database(request: HttpRequest, status: int, title: str, detail: str, code: str) -> HttpResponse:
    """As `refused`, without asking who is signed in: that may be just what failed."""
    if is_for_programs(request):
        return problem_response(request, status, detail, code=code)
    page = render_to_string("error.html", facts(request, status, title, detail) | {"page_theme": theme_of(request)})
    return HttpResponse(page, status=status)


def refuse_csrf(request: HttpRequest, reason: str = "") -> HttpResponse:
    detail = "The form is too old or came from another site. Load the page again and repeat."
    return refused(request, 403, "Please try again", detail, "csrf_failed")
