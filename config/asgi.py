"""One process on one port: ordinary requests run in threads that keep their database connections."""

from typing import Any, cast

from a2wsgi import WSGIMiddleware
from django.conf import settings

from config.wsgi import application as wsgi

web = WSGIMiddleware(cast(Any, wsgi), workers=settings.WEB_THREADS)


async def application(scope: Any, receive: Any, send: Any) -> None:
    """HTTP goes to Django in a thread; the server's start and stop are answered here."""
    if scope["type"] == "http":
        await web(scope, receive, send)
    elif scope["type"] == "lifespan":
        await answer_lifespan(receive, send)
    elif scope["type"] == "websocket":
        await send({"type": "websocket.close"})


async def answer_lifespan(receive: Any, send: Any) -> None:
    while (message := await receive())["type"] != "lifespan.shutdown":
        await send({"type": f"{message['type']}.complete"})
    await send({"type": "lifespan.shutdown.complete"})
