"""The line that each request leaves in the log."""

import re
from urllib.parse import parse_qsl, urlencode

from django.http import HttpRequest
from django_structlog.middlewares import RequestMiddleware

# Query parameters that let whoever reads them in, and what people ask in their own words.
SECRETS = frozenset({"token", "question"})
# Links that let in whoever has them: a new password, an invitation.
SECRET_LINK = re.compile(r"^(/password/reset/[^/]+/|/invitation/[^/]+/)[^/]+")
HIDDEN = "hidden"


class RequestLogMiddleware(RequestMiddleware):
    """One line a request, in which no secret of its address stands."""

    @staticmethod
    def format_request(request: HttpRequest) -> str:
        path, mark, query = request.get_full_path().partition("?")
        return f"{request.method} {without_key(path)}{mark}{without_secrets(query)}"


def without_key(path: str) -> str:
    return SECRET_LINK.sub(rf"\1{HIDDEN}", path)


def without_secrets(query: str) -> str:
    """The query, written anew when it holds a secret, under whatever spelling of its name."""
    pairs = parse_qsl(query, keep_blank_values=True, errors="replace")
    if SECRETS.isdisjoint(name for name, _ in pairs):
        return query
    return urlencode([(name, HIDDEN if name in SECRETS else value) for name, value in pairs])
