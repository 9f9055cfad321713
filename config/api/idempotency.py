"""`Idempotency-Key`: a POST that is sent twice acts once."""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

from django.conf import settings
from django.db import Error, connection, transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from rest_framework.exceptions import APIException
from rest_framework.request import Request
from rest_framework.settings import api_settings

from config.api.late import begins_itself, late_transaction
from config.api.middleware import PREFIX
from config.api.models import IdempotencyKey
from config.api.problems import UNREADABLE, problem_response, refusal_response

HEADER = "HTTP_IDEMPOTENCY_KEY"
LONGEST = 200
KEPT_HEADERS = ("Content-Type", "Location", "ETag")
LEFT_OUT = ("/api/v1/auth/",)
AS_IN_FLIGHT = "pg_try_advisory_lock"
AS_IN_TRANSACTION = "pg_try_advisory_xact_lock"


class IdempotencyMiddleware:
    """The same user, path, key and body within 24 h get the first 2xx answer again.

    The key's row is written in one transaction with what the request does, which is opened around the view, or late
    by the view itself; a refusal rolls both back and so frees the key. Dry runs, and answers that hold a secret, leave
    it free too. Another body under the key is a 422; while the first request is still in flight a 409. Callers who are
    not signed in have no keys.
    """

    def __init__(self, get_response: Callable[[HttpRequest], Any]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> Any:
        key = request.META.get(HEADER)
        if key is None or not wants_once(request):
            return self.get_response(request)
        user = caller(request)
        if user is None:
            return self.get_response(request)
        if not key.isprintable() or not 1 <= len(key) <= LONGEST:
            return problem_response(request, 400, f"Idempotency-Key takes 1 to {LONGEST} characters.", code="invalid")
        return self.once(request, user, key)

    def once(self, request: HttpRequest, user: Any, key: str) -> Any:
        try:
            digest = digest_of(request)
        except UNREADABLE as error:
            return refusal_response(request, error)
        answer = self.answer_late if begins_itself(request) else self.answer
        return answer(request, user, key, digest)

    def answer(self, request: HttpRequest, user: Any, key: str, digest: bytes) -> Any:
        with transaction.atomic():
            if not claimed(user, request.path_info, key, AS_IN_TRANSACTION):
                return in_flight(request)
            if known := known_answer(request, user, key, digest):
                return known
            response = self.get_response(request)
            if not succeeded(response):
                transaction.set_rollback(True)
            elif is_kept(response):
                keep(user, request.path_info, key, digest, response)
            return response

    def answer_late(self, request: HttpRequest, user: Any, key: str, digest: bytes) -> Any:
        """The same for a view that works for long before it writes, without a transaction meanwhile."""
        with held(user, request.path_info, key) as is_ours:
            if not is_ours:
                return in_flight(request)
            if known := known_answer(request, user, key, digest):
                return known
            with late_transaction(request) as late:
                response = self.get_response(request)
                if not succeeded(response):
                    late.fail()
                elif is_kept(response):
                    keep(user, request.path_info, key, digest, response)
            return response


def wants_once(request: HttpRequest) -> bool:
    path = request.path_info
    return request.method == "POST" and path.startswith(PREFIX) and not path.startswith(LEFT_OUT)


def digest_of(request: HttpRequest) -> bytes:
    """What was sent: the query, and the body or, of a form with files, its fields and files."""
    digest = hashlib.sha256(f"{request.META.get('QUERY_STRING')}\n".encode())
    if request.content_type != "multipart/form-data":
        digest.update(request.body)
        return digest.digest()
    digest.update(repr(sorted(request.POST.lists())).encode())
    files: list[tuple[str, Any]] = sorted(request.FILES.items())
    for name, file in files:
        digest.update(f"{name}\n{file.name}\n{file.size}\n".encode())
        for chunk in file.chunks():
            digest.update(chunk)
        file.seek(0)
    return digest.digest()


def caller(request: HttpRequest) -> Any:
    """Who calls, by the API's own authentication; the view asks again and gets its own refusal."""
    authenticators = [authenticator() for authenticator in authenticator_classes()]
    try:
        user = Request(request, authenticators=authenticators).user
    except APIException:
        return None
    return user if user.is_authenticated else None


def authenticator_classes() -> list[Any]:
    return list(api_settings.DEFAULT_AUTHENTICATION_CLASSES)


def in_flight(request: HttpRequest) -> HttpResponse:
    return problem_response(
        request, 409, "The first request with this key is still running.", code="idempotency_in_flight"
    )


def succeeded(response: Any) -> bool:
    return 200 <= response.status_code < 300 and not response.streaming


def is_kept(response: Any) -> bool:
    """Not a dry run, which did nothing twice, nor an answer with a secret, which nobody may store."""
    data = getattr(response, "data", None)
    rehearsed = isinstance(data, dict) and data.get("dry_run")
    return not rehearsed and "no-store" not in response.headers.get("Cache-Control", "")


def lock_number(user: Any, path: str, key: str) -> int:
    digest = hashlib.sha256(f"{user.pk}\n{path}\n{key}".encode()).digest()
    return int.from_bytes(digest[:8], signed=True)


def claimed(user: Any, path: str, key: str, lock: str) -> bool:
    """A lock on the key until the transaction or the connection ends, or False while another request holds it."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {lock}(%s)", [lock_number(user, path, key)])
        return bool(cursor.fetchone()[0])


@contextmanager
def held(user: Any, path: str, key: str) -> Iterator[bool]:
    """As `claimed`, without a transaction; a connection that is lost meanwhile loses the lock, too."""
    is_ours = claimed(user, path, key, AS_IN_FLIGHT)
    try:
        yield is_ours
    finally:
        if is_ours:
            with suppress(Error), connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [lock_number(user, path, key)])


def known_answer(request: HttpRequest, user: Any, key: str, digest: bytes) -> HttpResponse | None:
    """The answer that was kept, or a refusal for another body; one that is too old is forgotten."""
    kept = IdempotencyKey.objects.filter(user=user, path=request.path_info, key=key).first()
    if kept is not None and kept.created_at > timezone.now() - settings.IDEMPOTENCY_LIFETIME:
        return replayed(request, kept, digest)
    if kept is not None:
        kept.delete()
    return None


def replayed(request: HttpRequest, kept: IdempotencyKey, digest: bytes) -> HttpResponse:
    if bytes(kept.body_digest) != digest:
        return problem_response(
            request, 422, "This Idempotency-Key was used with another body. Use a new key.", code="idempotency_reused"
        )
    response = HttpResponse(bytes(kept.body), status=kept.status)
    for name, value in kept.headers.items():
        response.headers[name] = value
    response.headers["Idempotent-Replayed"] = "true"
    return response


def keep(user: Any, path: str, key: str, digest: bytes, response: HttpResponse) -> None:
    IdempotencyKey.objects.create(
        user=user,
        path=path,
        key=key,
        body_digest=digest,
        status=response.status_code,
        headers={name: response.headers[name] for name in KEPT_HEADERS if name in response.headers},
        body=response.content,
    )
