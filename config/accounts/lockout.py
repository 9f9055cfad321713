"""Who tried too many wrong passwords: counted by e-mail and address, so that nobody can lock out somebody else."""

import math
from datetime import timedelta
from ipaddress import ip_address
from typing import Any

from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import Max, Sum
from django.http import HttpRequest
from django.utils import timezone

from config.security import client_address

# What axes keeps of a failed attempt; the rest of a request (forms of any size) stays out of its table.
KEPT = ("REMOTE_ADDR", "PATH_INFO", "HTTP_X_FORWARDED_FOR", "HTTP_USER_AGENT", "HTTP_ACCEPT")

NOWHERE = "::"


def account_key(request: HttpRequest, credentials: dict[str, Any] | None) -> str:
    """Under which name axes counts an attempt; its `AXES_USERNAME_CALLABLE`."""
    return str((credentials or {}).get("username", "")).lower()[:255]


def address(request: HttpRequest) -> str:
    """The caller's address; axes' `AXES_CLIENT_IP_CALLABLE`. Callers without one (a socket) count as one address."""
    try:
        return str(ip_address(client_address(request).partition("%")[0]))
    except ValueError:
        return NOWHERE


def seconds_locked(request: HttpRequest, email: str) -> int:
    """How long this e-mail stays locked for this address; 0 when it is not."""
    now = timezone.now()
    recent = AccessAttempt.objects.filter(
        username=account_key(request, {"username": email}),
        ip_address=address(request),
        attempt_time__gt=now - settings.AXES_COOLOFF_TIME,
    ).aggregate(failures=Sum("failures_since_start"), last=Max("attempt_time"))
    if (recent["failures"] or 0) < settings.AXES_FAILURE_LIMIT:
        return 0
    left: timedelta = recent["last"] + settings.AXES_COOLOFF_TIME - now
    return max(1, math.ceil(left.total_seconds()))


def without_content(request: HttpRequest) -> HttpRequest:
    """The request as axes may keep it."""
    bare = HttpRequest()
    bare.META = {name: request.META[name] for name in KEPT if name in request.META}
    bare.method, bare.path = request.method, request.path
    return bare
