from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required, permission_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control

View = Callable[..., HttpResponse]


def studio_page(view: View) -> View:
    """A page for who may see shots, kept by no cache.

    A script that asks without a session gets a 401: the redirect to the sign-in page would end up as a part of the
    page, and what was typed there with it.
    """
    page = login_required(permission_required("shows.view_shot", raise_exception=True)(view))

    @wraps(view)
    @cache_control(private=True, no_cache=True)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated and is_scripted(request):
            return HttpResponse("Sign in first.", status=401, content_type="text/plain")
        return page(request, *args, **kwargs)

    return guarded


def is_scripted(request: HttpRequest) -> bool:
    """Whether a script of ours asks, by htmx or by itself."""
    return bool({"HX-Request", "X-Requested-With"} & request.headers.keys())
