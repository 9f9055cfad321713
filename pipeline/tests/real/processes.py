"""Real processes for a test: a Redis, workers and a beat of its own, on the test's database."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

from celery import current_app
from django.conf import settings

from config.accounts.models import User
from config.embedded import paths, redis_server, workers
from config.embedded.processes import end, spawn
from config.embedded.start import PROJECT
from pipeline import broker

# How long a busy machine may take for what takes a second on an idle one.
PATIENCE = 90
LEASE_SECONDS = 2
SWEEP_SECONDS = 1
FAULTY = "pipeline.tests.real.faulty"
# How the effect of a step on the database is marked, by which it can be counted.
EFFECT = "effect of"


def until(holds: Callable[[], bool], what: str, seconds: float = PATIENCE) -> float:
    """Waits until something holds; answers how many seconds that took."""
    started = time.monotonic()
    while not holds():
        assert time.monotonic() - started < seconds, f"{what} did not happen within {seconds} seconds."
        time.sleep(0.02)
    return time.monotonic() - started


class Broker:
    """A Redis that can be emptied, ended and started again."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix=f"backlot-test-{os.getpid()}-"))
        self.url = paths.socket_redis_url(self.folder)
        self.start()

    def start(self) -> None:
        self.part = redis_server.part(self.folder)
        self.process = spawn(self.part, subprocess.DEVNULL)
        until(lambda: self.part.is_ready(self.process.pid), "The start of Redis")

    def freeze(self) -> None:
        """It takes connections still, and answers nobody."""
        self.process.send_signal(signal.SIGSTOP)

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()

    def stop(self) -> None:
        end(self.process, self.part)
        shutil.rmtree(self.folder, ignore_errors=True)


class Studio:
    """The processes around one test; what it started ends with it."""

    def __init__(self) -> None:
        self.broker = Broker()
        self.flags = self.broker.folder
        self.started: list[subprocess.Popen[bytes]] = []

    def environment(self) -> dict[str, str]:
        return dict(os.environ) | {
            "DATABASE_URL": database_url(),
            "REDIS_URL": self.broker.url,
            "PIPELINE_LEASE_SECONDS": str(LEASE_SECONDS),
            "PIPELINE_SWEEP_SECONDS": str(SWEEP_SECONDS),
            "LOG_LEVEL": "WARNING",
            "FAULTS": str(self.flags),
        }

    def run(self, *command: str) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(command, env=self.environment(), cwd=PROJECT)
        self.started.append(process)
        return process

    def worker(self, threads: int = 4, pool: str = "threads") -> subprocess.Popen[bytes]:
        """A worker whose steps can be told to kill it, and that sends each message three times."""
        return self.run(*workers.worker_command(threads, application=FAULTY, pool=pool))

    def beat(self) -> subprocess.Popen[bytes]:
        return self.run(*workers.CELERY, "--app", "config.celery", "beat")

    def order_death_in(self, step: str) -> None:
        """A worker that gets there kills itself; `step` is its name, a blank, and what tells several orders apart."""
        (self.flags / f"kill {step}").touch()

    def die_submitting(self, number: int, by: User) -> None:
        """So many processes are killed between the commit of a job and its dispatch."""
        dying = self.run(sys.executable, "-m", "pipeline.tests.real.dying", str(number), str(by.pk))
        assert dying.wait(PATIENCE) == 0

    def stop(self) -> None:
        for process in self.started:
            process.kill()
            process.wait()
        self.broker.stop()


def database_url() -> str:
    """The address of the test's database for another process."""
    place = settings.DATABASES["default"]
    login = f"{quote(place['USER'])}:{quote(place['PASSWORD'])}"
    return f"postgresql://{login}@:{place['PORT']}/{place['NAME']}?host={quote(str(place['HOST']))}"


def use_broker(url: str) -> None:
    """Has this process send to the Redis at `url`."""
    current_app.conf.broker_url = current_app.conf.broker_write_url = url
    broker.line.drop()
    broker.circuit.closed_again_at = 0


def thrice(send: Callable[..., bool]) -> Callable[..., bool]:
    """Sends every message three times."""

    def send_thrice(task: str, **options: Any) -> bool:
        first, *_ = (send(task, **options) for _ in range(3))
        return first

    return send_thrice


def has_died(process: subprocess.Popen[bytes]) -> bool:
    return process.poll() == -signal.SIGKILL
