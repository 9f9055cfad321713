"""RFC 9457: every refusal of the API has one shape."""

from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

import orjson
import structlog
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.core.exceptions import ValidationError as DjangoValidationError
from django.db import DataError, Error, IntegrityError, InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.serializers import as_serializer_error
from rest_framework.views import set_rollback

from config.api.request_id import request_id
from config.api.uploads import UploadTooLarge
from pipeline.errors import Refusal

CONTENT_TYPE = "application/problem+json"
log = structlog.get_logger(__name__)

UNREADABLE = (SuspiciousOperation, MultiPartParserError, UnreadablePostError)
TITLES = {
    400: "The input has mistakes",
    401: "Sign in first",
    403: "Not allowed",
    404: "Not found",
    405: "Method not allowed",
    409: "Refused by a rule",
    412: "Changed since you read it",
    413: "Too large",
    415: "Media type not supported",
    422: "Idempotency key used for another request",
    429: "Too many requests",
    500: "Something broke on our side",
    503: "Not available now",
}


def problem(
    request: HttpRequest, status: int, detail: str, *, code: str, errors: Any = (), title: str = "", **facts: Any
) -> dict[str, Any]:
    """The body of a refusal; `facts` never displace a key of the standard."""
    return facts | {
        "type": f"urn:backlot:problem:{code}",
        "title": title or TITLES.get(status) or HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        "code": code,
        "errors": list(errors),
        "request_id": request_id(request),
    }


def problem_response(request: HttpRequest, status: int, detail: str, *, code: str, **more: Any) -> HttpResponse:
    """A refusal from outside of a view: middleware and unknown routes."""
    return HttpResponse(
        orjson.dumps(problem(request, status, detail, code=code, **more)), status=status, content_type=CONTENT_TYPE
    )


def refusal_response(request: HttpRequest, error: Exception) -> HttpResponse:
    """An error that was raised outside of a view, as its problem."""
    status, body, headers = described(request, error)
    return HttpResponse(orjson.dumps(body), status=status, content_type=CONTENT_TYPE, headers=headers)


def answer_exception(error: Exception, context: dict[str, Any]) -> Response | None:
    """DRF's exception handler: every error that a view may raise, as a problem."""
    request = context["request"]
    set_rollback()
    status, body, headers = described(request._request, error)
    response = Response(body, status=status, headers=headers, content_type=CONTENT_TYPE)
    if getattr(request, "accepted_renderer", None) is not None and request.accepted_renderer.format == "csv":
        request.accepted_renderer = context["view"].get_renderers()[0]
        request.accepted_media_type = request.accepted_renderer.media_type
    return response


def described(request: HttpRequest, error: Exception) -> tuple[int, dict[str, Any], dict[str, str]]:
    if isinstance(error, Refusal):
        return error.status, of_refusal(request, error), dict(error.headers)
    if isinstance(error, UNREADABLE):
        return of_unreadable(request, error)
    if isinstance(error, DjangoValidationError):
        error = exceptions.ValidationError(as_serializer_error(error))
    if isinstance(error, Http404 | ObjectDoesNotExist):
        error = exceptions.NotFound("There is nothing at this address, or it is not for you.")
    if isinstance(error, PermissionDenied):
        error = exceptions.PermissionDenied()
    if isinstance(error, exceptions.APIException):
        return error.status_code, of_api_exception(request, error), headers_of(error)
    if isinstance(error, Error):
        return of_database_error(request, error)
    return of_unexpected(request, error)


def of_refusal(request: HttpRequest, error: Refusal) -> dict[str, Any]:
    errors = [{"field": error.field, "code": error.code, "message": error.detail}] if error.field else []
    return problem(
        request, error.status, error.detail, code=error.code, title=error.title, errors=errors, **error.facts
    )


def of_unreadable(request: HttpRequest, error: Exception) -> tuple[int, dict[str, Any], dict[str, str]]:
    """What Django itself refuses to read: too large, too many fields, a broken form, a sender that went away."""
    if isinstance(error, RequestDataTooBig):
        detail = str(error) if isinstance(error, UploadTooLarge) else "The body is too large. Send less."
        return 413, problem(request, 413, detail, code="too_large"), {}
    return 400, problem(request, 400, "The form cannot be read. Check how it was sent.", code="invalid"), {}


def of_api_exception(request: HttpRequest, error: exceptions.APIException) -> dict[str, Any]:
    if isinstance(error, exceptions.ValidationError):
        errors = list(flattened(error.detail))
        detail = " ".join(f"{e['field']}: {e['message']}" if e["field"] else e["message"] for e in errors[:5])
        return problem(request, error.status_code, detail, code="invalid", errors=errors)
    code = error.get_codes()
    return problem(request, error.status_code, str(error.detail), code=code if isinstance(code, str) else "error")


def flattened(detail: Any, path: str = "") -> Iterator[dict[str, Any]]:
    """DRF's nested errors as rows of field (`address.city`, `ids.0`), code and message."""
    if isinstance(detail, dict):
        for key, value in detail.items():
            yield from flattened(value, path if key == "non_field_errors" else f"{path}.{key}".lstrip("."))
    elif isinstance(detail, list):
        for index, value in enumerate(detail):
            nested = isinstance(value, dict | list)
            yield from flattened(value, f"{path}.{index}".lstrip(".") if nested else path)
    else:
        yield {"field": path or None, "code": getattr(detail, "code", "invalid"), "message": str(detail)}


def headers_of(error: exceptions.APIException) -> dict[str, str]:
    headers = {}
    if challenge := getattr(error, "auth_header", None):
        headers["WWW-Authenticate"] = challenge
    if seconds := getattr(error, "wait", None):
        headers["Retry-After"] = str(int(seconds) + 1)
    return headers


def of_database_error(request: HttpRequest, error: Error) -> tuple[int, dict[str, Any], dict[str, str]]:
    """What no service gave a name: never the database's own words."""
    log.warning("database_refused", error=type(error).__name__, sqlstate=getattr(error.__cause__, "sqlstate", None))
    if isinstance(error, IntegrityError):
        detail = "This contradicts what is stored already. Fetch the current state and try again."
        return 409, problem(request, 409, detail, code="conflict"), {}
    if isinstance(error, DataError):
        return 400, problem(request, 400, "A value is out of range or malformed.", code="invalid"), {}
    if isinstance(error, OperationalError | InterfaceError):
        detail = "The database cannot be reached or is too busy. Nothing was changed. Try again in a moment."
        return 503, problem(request, 503, detail, code="database_unavailable"), {"Retry-After": "5"}
    return of_unexpected(request, error)


def of_unexpected(request: HttpRequest, error: Exception) -> tuple[int, dict[str, Any], dict[str, str]]:
    log.error("unexpected_error", exc_info=error)
    detail = "The error was logged. Tell your administrator the request id."
    return 500, problem(request, 500, detail, code="internal_error"), {}
