from typing import Any

from rest_framework.request import Request
from rest_framework.throttling import SimpleRateThrottle

from config.security import client_address


class DeclaredThrottle(SimpleRateThrottle):
    """Limits that a view declares: `throttles = {action or method: (scope, number, seconds)}`, an address each.

    A view with `throttles_accounts` has a limit for each account that calls, and for each address without one.
    """

    rate = "1/s"

    def allow_request(self, request: Request, view: Any) -> bool:
        action = getattr(view, "action", None) or str(request.method).lower()
        limit = getattr(view, "throttles", {}).get(action)
        if limit is None:
            return True
        self.scope, self.num_requests, self.duration = limit
        return super().allow_request(request, view)

    def get_cache_key(self, request: Request, view: Any) -> str:
        if getattr(view, "throttles_accounts", False) and request.user.is_authenticated:
            return f"throttle:{self.scope}:{request.user.pk}"
        return f"throttle:{self.scope}:{client_address(request._request)}"
