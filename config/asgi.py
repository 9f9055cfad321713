"""One process on one port: what came in goes to threads, or is answered by the event loop itself."""

from typing import Any

from config.serving import web
from config.serving.sockets import answer as answer_socket


async def application(scope: Any, receive: Any, send: Any) -> None:
    """HTTP goes to Django in a thread, sockets to Channels; the server's start and stop are answered here."""
    if scope["type"] == "http":
        await web.answer(scope, receive, send)
    elif scope["type"] == "lifespan":
        await answer_lifespan(receive, send)
    elif scope["type"] == "websocket":
        await answer_socket(scope, receive, send)


async def answer_lifespan(receive: Any, send: Any) -> None:
    while (message := await receive())["type"] != "lifespan.shutdown":
        await send({"type": f"{message['type']}.complete"})
    await send({"type": "lifespan.shutdown.complete"})
