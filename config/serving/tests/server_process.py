"""A real server on a port of its own, beside the test's database."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.error import URLError
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection

READY_SECONDS = 30


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment() -> dict[str, str]:
    """Ours, with the address of the database that the tests write to."""
    address = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}")
    return os.environ | {"DATABASE_URL": address.geturl()}


@contextmanager
def running_server(application: str = "config.asgi:application") -> Iterator[str]:
    """Its address, `127.0.0.1:<port>`."""
    address = f"127.0.0.1:{free_port()}"
    command = [sys.executable, "-m", "uvicorn", application, "--log-level", "warning"]
    command += ["--host", "127.0.0.1", "--port", address.rpartition(":")[2], "--timeout-graceful-shutdown", "1"]
    process = subprocess.Popen(command, env=environment(), cwd=settings.BASE_DIR)
    try:
        wait_for(address)
        yield address
    finally:
        process.terminate()
        process.wait(20)


def wait_for(address: str) -> None:
    limit = time.monotonic() + READY_SECONDS
    while True:
        try:
            urllib.request.urlopen(f"http://{address}/health/ready", timeout=5).close()
        except (URLError, ConnectionError):
            if time.monotonic() > limit:
                raise
        else:
            return
