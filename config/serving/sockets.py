"""WebSockets: whose they may be is settled at the handshake, then they go to Channels."""

from typing import Any, cast
from urllib.parse import urlsplit

from channels.routing import URLRouter
from django.conf import settings
from django.db import Error
from django.http.request import split_domain_port, validate_host
from django.urls import re_path

from config.accounts.errors import TokenRefused
from config.accounts.sockets import signed_by, watch
from config.serving.bodies import Message, Receive
from config.serving.files import Send
from pipeline import routing as pipeline_routing
from pipeline.sockets import Close
from pipeline.threads import in_thread
from shows import routing as shows_routing


async def refuse(scope: Message, receive: Receive, send: Send) -> None:
    """Ends the handshake with a 403."""
    await receive()
    await send({"type": "websocket.close"})


routes: Any = URLRouter(
    [
        *pipeline_routing.websocket_urlpatterns,
        *shows_routing.websocket_urlpatterns,
        re_path("", cast(Any, refuse)),
    ]
)


async def answer(scope: Message, receive: Receive, send: Send) -> None:
    """Refuses foreign pages and bad tokens; who sends no credentials is told by the socket itself."""
    headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
    if not is_own(headers.get("origin"), headers.get("host", "")):
        await refuse(scope, receive, send)
        return
    try:
        signed = await in_thread(signed_by, headers)
    except TokenRefused:
        await refuse(scope, receive, send)
    except Error:
        await put_off(receive, send)
    else:
        async with watch().over(signed):
            await routes(scope | {"standing": signed}, receive, send)


async def put_off(receive: Receive, send: Send) -> None:
    """The database cannot say who that is."""
    await receive()
    await send({"type": "websocket.accept"})
    await send({"type": "websocket.close", "code": Close.TRY_AGAIN_LATER})


def is_own(origin: str | None, host: str) -> bool:
    """Whether no page, or a page of ours, opens the socket: a browser sends the session to other pages' sockets, too.

    As Django has it for forms: of the host that was asked, or one of CSRF_TRUSTED_ORIGINS.
    """
    if origin is None or origin in settings.CSRF_TRUSTED_ORIGINS:
        return True
    domain, _ = split_domain_port(host)
    return urlsplit(origin).netloc.lower() == host.lower() and validate_host(domain, settings.ALLOWED_HOSTS)
