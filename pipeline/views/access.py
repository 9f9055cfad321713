"""Who may open a page, who asks for it, and what a script asks for."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control

from pipeline.services import Actor

View = Callable[..., HttpResponse]


def page_for(*permissions: str) -> Callable[[View], View]:
    """A page for who holds one of the permissions, or without any for everybody signed in; kept by no cache.

    A script that asks without a session gets a 401: the redirect to the sign-in page would end up as a part of the
    page, and what was typed there with it.
    """

    def guarding(view: View) -> View:
        @wraps(view)
        def allowed(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if permissions and not any(caller(request).has_perm(permission) for permission in permissions):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        @wraps(view)
        @cache_control(private=True, no_cache=True)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated and is_scripted(request):
                return HttpResponse("Sign in first.", status=401, content_type="text/plain")
            return login_required(allowed)(request, *args, **kwargs)

        return guarded

    return guarding


def is_scripted(request: HttpRequest) -> bool:
    """Whether a script of ours asks, by htmx or by itself."""
    return bool({"HX-Request", "X-Requested-With"} & request.headers.keys())


def is_part(request: HttpRequest) -> bool:
    """A browser that goes back asks by htmx too, but for the whole page."""
    htmx = cast(Any, request).htmx
    return bool(htmx and not htmx.history_restore_request)


def caller(request: HttpRequest) -> Actor:
    return cast(Actor, request.user)
