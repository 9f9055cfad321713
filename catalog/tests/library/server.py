"""A server on this machine that answers as it is told, well or badly, over real sockets."""

import json
import socketserver
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from socket import SO_LINGER, SOL_SOCKET
from typing import Any, NamedTuple


class Asked(NamedTuple):
    method: str
    path: str
    headers: dict[str, str]
    body: bytes


Answer = bytes | Callable[[Any, threading.Event], None]


def answer(body: Any, status: int = 200, **headers: str) -> bytes:
    """A whole answer; a body that is no text or bytes goes as JSON."""
    data = body if isinstance(body, bytes) else (body if isinstance(body, str) else json.dumps(body)).encode()
    lines = [f"HTTP/1.1 {status} X", f"Content-Length: {len(data)}", "Connection: close"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode() + data


def silence(connection: Any, stopped: threading.Event) -> None:
    """Nothing, until the server stops or the other side hangs up."""
    stopped.wait(60)


def reset(connection: Any, stopped: threading.Event) -> None:
    """Hangs up without a word of goodbye."""
    connection.setsockopt(SOL_SOCKET, SO_LINGER, struct.pack("ii", 1, 0))


def drip(connection: Any, stopped: threading.Event) -> None:
    """A byte now and then, for ever."""
    connection.sendall(b"HTTP/1.1 200 X\r\nContent-Length: 1000000\r\n\r\n")
    while not stopped.wait(0.05):
        connection.sendall(b" ")


def endless(connection: Any, stopped: threading.Event) -> None:
    """50 MB, and nobody knows beforehand."""
    connection.sendall(b"HTTP/1.1 200 X\r\nConnection: close\r\n\r\n")
    for _ in range(50):
        connection.sendall(b"[" * 1_000_000)


class SourceServer(socketserver.ThreadingTCPServer):
    """`answers` by the beginning of the path: one for ever, or several of which the last one stays."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: list[Asked] = []
        self.answers: dict[str, list[Answer]] = {}
        self.stopped = threading.Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def says(self, *answers: Answer, path: str = "/") -> None:
        self.answers[path] = list(answers)

    def next_answer(self, path: str) -> Answer:
        fitting = [prefix for prefix in self.answers if path.startswith(prefix)]
        left = self.answers[max(fitting, key=len)]
        return left.pop(0) if len(left) > 1 else left[0]


class Handler(socketserver.StreamRequestHandler):
    server: SourceServer

    def handle(self) -> None:
        method, path, *_ = self.rfile.readline().decode().split()
        lines = iter(lambda: self.rfile.readline().decode().strip(), "")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        body = self.rfile.read(int(headers.get("content-length", 0)))
        self.server.asked.append(Asked(method, path, headers, body))
        said = self.server.next_answer(path)
        try:
            if isinstance(said, bytes):
                self.connection.sendall(said)
            else:
                said(self.connection, self.server.stopped)
        except OSError:
            return


@contextmanager
def serving() -> Iterator[SourceServer]:
    with SourceServer() as server:
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield server
        server.stopped.set()
        server.shutdown()
