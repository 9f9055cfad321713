"""Large files leave the threads: a reader that stalls costs a coroutine and an open file, no more."""

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from pipeline.spans import Span, SpanResponse

Message = dict[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
LEFT = "backlot.span"
# Each is taken for the moment of a read only.
READERS = ThreadPoolExecutor(4, thread_name_prefix="files")
# A reader that takes nothing for so long has gone; a paused player asks again for what it lacks.
PATIENCE = 300


def leaving_files(wsgi: Any) -> Any:
    """The WSGI application, but answers that are spans of files leave them to the event loop."""

    def application(environ: Any, start_response: Any) -> Any:
        response = wsgi(environ, start_response)
        if not isinstance(response, SpanResponse):
            return response
        environ["asgi.scope"][LEFT] = response.leave()
        response.close()
        return ()

    return application


def sending_files(scope: Message, receive: Receive, send: Send) -> Send:
    """A `send` that puts the span which the thread left in place of the end of its empty body."""

    async def send_on(message: Message) -> None:
        span = scope.pop(LEFT, None) if message["type"] == "http.response.body" else None
        if span is None:
            await send(message)
        else:
            await send_span(span, receive, send)

    return send_on


async def send_span(span: Span, receive: Receive, send: Send) -> None:
    gone = asyncio.ensure_future(until_gone(receive))
    loop = asyncio.get_running_loop()
    try:
        while chunk := await loop.run_in_executor(READERS, next, span, b""):
            async with asyncio.timeout(PATIENCE):
                await send({"type": "http.response.body", "body": chunk, "more_body": True})
            if gone.done():
                return
        await send({"type": "http.response.body", "body": b""})
    except TimeoutError:
        # Not the end that was promised, so the server closes the connection.
        return
    finally:
        gone.cancel()
        span.close()


async def until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
