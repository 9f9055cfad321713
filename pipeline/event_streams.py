"""Server-sent events: answers that come bit by bit."""

import asyncio
from collections.abc import AsyncGenerator, Iterator
from typing import Any

import orjson
from django.http import StreamingHttpResponse

CONTENT_TYPE = "text/event-stream; charset=utf-8"
# A comment, which readers pass over: it shows them, and what stands between, that the answer still comes.
HEARTBEAT = b": still here\n\n"
Events = AsyncGenerator[bytes, None]


def event(name: str, **data: Any) -> bytes:
    return b"event: %s\ndata: %s\n\n" % (name.encode(), orjson.dumps(data))


class EventStreamResponse(StreamingHttpResponse):
    """An answer whose events need neither the request's thread nor its database connection.

    A server that can send them by itself takes them out with `leave`; any other sends them from the thread.
    """

    def __init__(self, events: Events, **options: Any) -> None:
        super().__init__(one_by_one(events), content_type=CONTENT_TYPE, **options)
        self.events = events
        self.headers["Cache-Control"] = "no-cache"
        # Proxies that hold answers back until they are whole know this one.
        self.headers["X-Accel-Buffering"] = "no"

    def leave(self) -> Events:
        """The events, for who sends and closes them; the answer has no body then."""
        self.streaming_content = ()
        return self.events


def one_by_one(events: Events) -> Iterator[bytes]:
    """The events in a thread without a loop, which has one of its own for as long."""
    with asyncio.Runner() as runner:
        try:
            while chunk := runner.run(next_of(events)):
                yield chunk
        finally:
            runner.run(events.aclose())


async def next_of(events: Events) -> bytes:
    return await anext(events, b"")
