"""Event streams leave the threads: a reader of them costs a coroutine, neither a thread nor a database connection."""

import asyncio
from typing import Any

from config.serving.bodies import Message, Receive
from config.serving.files import Send, until_gone
from pipeline.event_streams import Events, EventStreamResponse

LEFT = "backlot.stream"
# A reader that takes nothing for so long has gone.
PATIENCE = 60
KEPT_ALIVE = (b"connection", b"keep-alive")


def leaving_streams(wsgi: Any) -> Any:
    """The WSGI application, but event streams leave their events to the event loop."""

    def application(environ: Any, start_response: Any) -> Any:
        response = wsgi(environ, start_response)
        if not isinstance(response, EventStreamResponse):
            return response
        environ["asgi.scope"][LEFT] = response.leave()
        response.close()
        return ()

    return application


def sending_streams(scope: Message, receive: Receive, send: Send) -> Send:
    """A `send` that puts the events which the thread left in place of the end of its empty body."""

    async def send_on(message: Message) -> None:
        events = scope.pop(LEFT, None) if message["type"] == "http.response.body" else None
        if events is None:
            await send(kept_alive(message))
        else:
            await send_events(events, receive, send)

    return send_on


def kept_alive(message: Message) -> Message:
    """A stream says that its connection stays, which an application under WSGI must not say."""
    headers = message.get("headers", ())
    if not any(name == b"content-type" and value.startswith(b"text/event-stream") for name, value in headers):
        return message
    return message | {"headers": [*headers, KEPT_ALIVE]}


async def send_events(events: Events, receive: Receive, send: Send) -> None:
    """Sends until the end, or until the reader has gone; then what makes the events is stopped."""
    tasks = [asyncio.ensure_future(send_all(events, send)), asyncio.ensure_future(until_gone(receive))]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await events.aclose()


async def send_all(events: Events, send: Send) -> None:
    async for chunk in events:
        async with asyncio.timeout(PATIENCE):
            await send({"type": "http.response.body", "body": chunk, "more_body": True})
    await send({"type": "http.response.body", "body": b""})
