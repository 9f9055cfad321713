"""What is refused outside of a view: as a problem under /api/, as a page elsewhere."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from config.api.problems import problem_response
from config.api.request_id import request_id

JSON_PATHS = ("/api/", "/health")


def refused(request: HttpRequest, status: int, title: str, detail: str, code: str) -> HttpResponse:
    if request.path.startswith(JSON_PATHS) or request.path == "/api":
        return problem_response(request, status, detail, code=code)
    context = {"title": title, "detail": detail, "request_id": request_id(request)}
    return render(request, "error.html", context, status=status)


def bad_request(request: HttpRequest, exception: Any = None) -> HttpResponse:
    return refused(request, 400, "That did not work", "The request has mistakes or is too large.", "invalid")


def permission_denied(request: HttpRequest, exception: Any = None) -> HttpResponse:
    return refused(request, 403, "Not allowed", "Your role does not allow this.", "permission_denied")


def page_not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:
    return refused(request, 404, "Not found", "There is nothing at this address, or it is not for you.", "not_found")


def server_error(request: HttpRequest) -> HttpResponse:
    detail = "The error was logged. Tell your administrator the request id."
    return refused(request, 500, "Something broke on our side", detail, "internal_error")


def refuse_csrf(request: HttpRequest, reason: str = "") -> HttpResponse:
    detail = "The form is too old or came from another site. Load the page again and repeat."
    return refused(request, 403, "Please try again", detail, "csrf_failed")
