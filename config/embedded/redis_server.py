"""The local Redis: a cache and message broker that keeps nothing over a restart."""

import os
import socket
from pathlib import Path

from config.embedded import programs
from config.embedded.processes import Part


def part(run: Path) -> Part:
    """Redis on a Unix socket in `run`."""
    address = run / "redis.sock"
    return Part(
        name="redis",
        command=[
            *(str(programs.redis_server()), "--port", "0", "--unixsocket", str(address), "--unixsocketperm", "700"),
            *("--save", "", "--appendonly", "no", "--dir", str(run), "--loglevel", "warning"),
        ],
        environment={"PATH": os.defpath},
        folder=Path("/"),
        is_ready=lambda _pid: _answers(address),
    )


def _answers(address: Path) -> bool:
    try:
        with socket.socket(socket.AF_UNIX) as client:
            client.settimeout(1)
            client.connect(str(address))
            client.sendall(b"PING\r\n")
            return client.recv(16).startswith(b"+PONG")
    except OSError:
        return False
