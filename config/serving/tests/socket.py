"""Sockets to the ASGI application, as a server's event loop opens them."""

import asyncio
import json
from types import TracebackType
from typing import Any, Self

from config.asgi import application

Message = dict[str, Any]
PATIENCE = 15


class Socket:
    """A client of one socket: `async with Socket("/ws/pipeline", authorization="Bearer …") as socket`."""

    def __init__(self, path: str, **headers: str) -> None:
        named = {"host": "localhost"} | headers
        self.scope: Message = {
            "type": "websocket", "path": path, "query_string": b"", "http_version": "1.1", "scheme": "ws",
            "headers": [(name.encode(), value.encode()) for name, value in named.items()], "subprotocols": [],
            "server": ("localhost", 8000), "client": ("127.0.0.1", 1),
        }  # fmt: skip
        self.incoming: asyncio.Queue[Message] = asyncio.Queue()
        self.outgoing: asyncio.Queue[Message] = asyncio.Queue()

    async def __aenter__(self) -> Self:
        self.incoming.put_nowait({"type": "websocket.connect"})
        self.running = asyncio.create_task(application(self.scope, self.incoming.get, self.outgoing.put))
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.incoming.put_nowait({"type": "websocket.disconnect", "code": 1000})
        async with asyncio.timeout(PATIENCE):
            await self.running

    async def sent(self) -> Message:
        async with asyncio.timeout(PATIENCE):
            return await self.outgoing.get()

    async def is_accepted(self) -> bool:
        return bool((await self.sent())["type"] == "websocket.accept")

    async def told(self) -> Any:
        """The next message, after the handshake."""
        while (message := await self.sent())["type"] == "websocket.accept":
            pass
        assert message["type"] == "websocket.send", message
        return json.loads(message["text"])

    async def closed(self) -> int:
        """The code with which the socket is closed, whatever is told before."""
        while (message := await self.sent())["type"] != "websocket.close":
            pass
        return int(message.get("code", 1000))
