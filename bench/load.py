"""A client that asks as fast as it is answered: a few lasting connections, no think time."""

import asyncio
import time
from dataclasses import dataclass, field

LENGTH = b"content-length:"


@dataclass
class Run:
    """What one stretch of load saw: the milliseconds of each answer, and how long the whole took."""

    milliseconds: list[float] = field(default_factory=list)
    seconds: float = 0.0
    failures: int = 0


async def run(host: str, port: int, request: bytes, *, connections: int, seconds: float) -> Run:
    """Asks `request` over each connection again and again, for so many seconds."""
    found = Run()
    start = time.perf_counter()
    await asyncio.gather(*(ask(host, port, request, start + seconds, found) for _ in range(connections)))
    found.seconds = time.perf_counter() - start
    return found


async def ask(host: str, port: int, request: bytes, end: float, found: Run) -> None:
    reader, writer = await asyncio.open_connection(host, port)
    try:
        while (begun := time.perf_counter()) < end:
            writer.write(request)
            status = await read_answer(reader)
            found.milliseconds.append((time.perf_counter() - begun) * 1000)
            found.failures += status >= 300
    finally:
        writer.close()


async def read_answer(reader: asyncio.StreamReader) -> int:
    head = await reader.readuntil(b"\r\n\r\n")
    length = next(int(line[len(LENGTH) :]) for line in head.lower().split(b"\r\n") if line.startswith(LENGTH))
    await reader.readexactly(length)
    return int(head[9:12])


def request_bytes(method: str, path: str, headers: dict[str, str], body: bytes) -> bytes:
    lines = [
        f"{method} {path} HTTP/1.1",
        *(f"{name}: {value}" for name, value in headers.items()),
        "Content-Type: application/json",
        f"Content-Length: {len(body)}",
    ]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body
