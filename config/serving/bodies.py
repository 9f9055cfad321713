"""Requests' bodies: small ones are read before a thread is taken, large ones by threads of their own."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from django.conf import settings

Message = dict[str, Any]
Receive = Callable[[], Awaitable[Message]]
# As much as the server keeps for each connection anyway.
SMALL = 65_536
# A sender that is silent for so long has gone.
PATIENCE = 60


class BrokenOff(ConnectionError):
    """The client went away, or fell silent, before its body was complete."""


def length_of(scope: Message) -> int | None:
    """How long the body is said to be; None for one that comes in chunks and says nothing."""
    headers = dict(scope["headers"])
    if b"transfer-encoding" in headers:
        return None
    said = headers.get(b"content-length", b"0")
    return int(said) if said.isdigit() else 0


def watched(receive: Receive) -> Receive:
    """A `receive` that raises BrokenOff, where a server of threads would take what came for the whole."""

    async def next_part() -> Message:
        try:
            async with asyncio.timeout(PATIENCE):
                message = await receive()
        except TimeoutError:
            raise BrokenOff from None
        if message["type"] == "http.disconnect":
            raise BrokenOff
        return message

    return next_part


async def read_small(receive: Receive) -> tuple[bytes, bool]:
    """The body, or as much of it as tells that it is large; and whether that is all. Raises BrokenOff."""
    body, more = bytearray(), True
    while more and len(body) <= SMALL:
        message = await receive()
        body += message.get("body", b"")
        more = message.get("more_body", False)
    return bytes(body), not more


def beginning_with(body: bytes, rest: Receive | None) -> Receive:
    """A `receive` of which a part was read already."""
    read = [{"type": "http.request", "body": body, "more_body": rest is not None}]

    async def receive() -> Message:
        return read.pop() if read or rest is None else await rest()

    return receive


def with_length(scope: Message, length: int) -> Message:
    """The scope of a request that says how long its body is: Django reads no other, and not past the end."""
    kept = [(name, value) for name, value in scope["headers"] if name not in (b"transfer-encoding", b"content-length")]
    return scope | {"headers": [*kept, (b"content-length", str(length).encode())]}


def longest() -> int:
    """What a body is said to be that does not say it, and is large."""
    return int(settings.MEDIA_MAX_BYTES)
