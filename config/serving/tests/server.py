"""Requests to the ASGI application, as a server's event loop makes them."""

import asyncio
from typing import Any

from config.asgi import application

Message = dict[str, Any]


class Request:
    """One request: what its client sends, and what comes back. A client that `stalls` takes nothing of the body."""

    def __init__(self, method: str, path: str, headers: dict[str, str] | None = None, *, stalls: bool = False) -> None:
        path, _, query = path.partition("?")
        self.scope: Message = {
            "type": "http", "method": method, "path": path, "query_string": query.encode(), "http_version": "1.1",
            "headers": [(name.lower().encode(), value.encode()) for name, value in (headers or {}).items()],
            "server": ("localhost", 8000), "client": ("127.0.0.1", 1), "scheme": "http",
        }  # fmt: skip
        self.scope["headers"].append((b"host", b"localhost"))
        self.incoming: asyncio.Queue[Message] = asyncio.Queue()
        self.started: asyncio.Future[Message] = asyncio.get_running_loop().create_future()
        self.body = bytearray()
        self.is_complete = False
        self.stalls = stalls

    def part(self, content: bytes, *, more: bool) -> None:
        self.incoming.put_nowait({"type": "http.request", "body": content, "more_body": more})

    def hang_up(self) -> None:
        self.incoming.put_nowait({"type": "http.disconnect"})

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.started.set_result(message)
            return
        while self.stalls:
            await asyncio.sleep(0.01)
        self.body += message.get("body", b"")
        self.is_complete = not message.get("more_body", False)

    async def answered(self) -> int:
        """Runs it to its end; answers the status, or 0 when nothing was answered."""
        await application(self.scope, self.incoming.get, self.send)
        return self.started.result()["status"] if self.started.done() else 0

    def header(self, name: str) -> str:
        headers: dict[bytes, bytes] = dict(self.started.result()["headers"])
        return headers[name.encode()].decode()


async def get(path: str, headers: dict[str, str] | None = None) -> Request:
    """A GET that was answered."""
    request = Request("GET", path, headers)
    request.part(b"", more=False)
    await asyncio.wait_for(request.answered(), 20)
    return request
