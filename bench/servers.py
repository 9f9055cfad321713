"""The two servers that are measured in turn, one process each."""

import http.client
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

HOST = "127.0.0.1"
READY_SECONDS = 30


class Server:
    """One uvicorn process that runs `application`."""

    def __init__(self, name: str, application: str, port: int, probe: str) -> None:
        self.name, self.application, self.port, self.probe = name, application, port, probe

    @contextmanager
    def running(self, environment: dict[str, str]) -> Iterator["Server"]:
        command = [sys.executable, "-m", "uvicorn", self.application, "--host", HOST, "--port", str(self.port)]
        started = subprocess.Popen(
            [*command, "--log-level", "error", "--no-access-log"], env=dict(os.environ) | environment
        )
        self.process = psutil.Process(started.pid)
        try:
            self.await_answer()
            yield self
        finally:
            started.terminate()
            started.wait()

    def await_answer(self) -> None:
        limit = time.monotonic() + READY_SECONDS
        while time.monotonic() < limit:
            try:
                connection = http.client.HTTPConnection(HOST, self.port, timeout=5)
                connection.request("GET", self.probe)
                connection.getresponse().read()
                return
            except OSError:
                time.sleep(0.1)
        raise SystemExit(f"{self.name} did not answer on port {self.port} within {READY_SECONDS} s.")

    def cpu_seconds(self) -> float:
        times = self.process.cpu_times()
        return float(times.user + times.system)


def both(first_port: int, statements: Path, probe: str) -> tuple[Server, Server, dict[str, str]]:
    environment = {"BENCH_STATEMENTS": str(statements), "LOG_LEVEL": "INFO"}
    ours = Server("Backlot", "config.asgi:application", first_port, "/health")
    return ours, Server("bare", "bench.bare:application", first_port + 1, probe), environment
