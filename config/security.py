"""What every answer says to a browser, and whose address a request came from."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

OURS = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; "
    "font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
# Unfold's Alpine evaluates the expressions in its templates, and sets the style attribute from them. Elements are kept
# to files: no script and no style sheet stands in a page.
ADMIN = OURS.replace("script-src 'self'", "script-src 'self' 'unsafe-eval'").replace(
    "style-src 'self'", "style-src 'self'; style-src-attr 'unsafe-inline'"
)
# Swagger UI and Redoc set styles from script; Redoc starts a worker from a blob.
SCHEMA = OURS.replace("style-src 'self'", "style-src 'self' 'unsafe-inline'") + "; worker-src 'self' blob:"
BROWSABLE = OURS.replace("style-src 'self'", "style-src 'self' 'unsafe-inline'")

# The first prefix that fits decides.
POLICIES = (
    ("/admin/", ADMIN),
    ("/api/docs", SCHEMA),
    ("/api/redoc", SCHEMA),
    ("/api/", BROWSABLE),
)


def policy_for(path: str) -> str:
    """The Content-Security-Policy of a path: as narrow as the tool that draws it allows."""
    return next((policy for prefix, policy in POLICIES if path.startswith(prefix)), OURS)


class SecurityHeadersMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", policy_for(request.path))
        response.headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
        return response


def client_address(request: HttpRequest) -> str:
    """The caller's address: the one that our outermost trusted proxy saw, or the connection's own.

    What a caller writes into X-Forwarded-For itself stands left of that and never counts.
    """
    forwarded = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
    proxies = settings.TRUSTED_PROXIES
    if proxies and len(forwarded) >= proxies:
        return str(forwarded[-proxies])
    return str(request.META.get("REMOTE_ADDR") or "local")
