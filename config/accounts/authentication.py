"""Who calls the API: a bearer token, a service's token, or the session of a signed-in browser."""

import hmac

from django.conf import settings
from rest_framework.authentication import BaseAuthentication, SessionAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from config.accounts import tokens
from config.accounts.errors import TokenRefused
from config.accounts.models import User
from config.accounts.tokens import Claims

CHALLENGE = 'Bearer realm="api"'


class BearerAuthentication(BaseAuthentication):
    """`Authorization: Bearer` with an access token or a service's token; one statement brings the caller.

    `request.auth` is the token's Claims, or None for a service.
    """

    def authenticate(self, request: Request) -> tuple[User, Claims | None] | None:
        scheme, _, token = request.META.get("HTTP_AUTHORIZATION", "").partition(" ")
        if scheme.lower() != "bearer":
            return None
        token = token.strip()
        service = service_email(token)
        user, claims = (User.objects.caller_by_email(service), None) if service else _read_caller(token)
        if user is None:
            raise AuthenticationFailed(TokenRefused().detail, code=TokenRefused.code)
        return user, claims

    def authenticate_header(self, request: Request) -> str:
        return CHALLENGE


class ReadySessionAuthentication(SessionAuthentication):
    """The browser's session, with CSRF enforced; AccountBackend reads its user with all rights at once."""

    def enforce_csrf(self, request: Request) -> None:
        # Django's own request: DRF's would parse the body for the token, before the view has said how.
        super().enforce_csrf(request._request)  # type: ignore[arg-type]


def service_email(token: str) -> str | None:
    """Whom the service that sends `token` speaks as. Takes the same time for every wrong token."""
    sent = token.encode(errors="surrogateescape")
    found = None
    for known, email in settings.SERVICE_TOKENS.items():
        if hmac.compare_digest(sent, known.encode()):
            found = email
    return found


def _read_caller(token: str) -> tuple[User | None, Claims | None]:
    try:
        claims = tokens.read_access(token)
    except TokenRefused:
        return None, None
    return User.objects.caller_by_family(claims.user_id, claims.family_id), claims
