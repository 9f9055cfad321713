"""The servers of one test run: its own PostgreSQL and Redis in a folder of its own below the temp folder."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from config.embedded import paths, postgres, redis_server
from config.embedded.errors import CannotServe
from config.embedded.processes import Part, end, spawn

PREFIX = "backlot-test-"
# The Redis that a run started for its first process.
RUNS_REDIS = "BACKLOT_TEST_REDIS"


def without_the_runs_redis(given: Mapping[str, str]) -> dict[str, str]:
    """The environment of a process of the run; every worker of xdist needs a Redis of its own.

    Databases are made for each by name; in Redis they would share counts, caches, queues and channels.
    """
    ours = given.get(RUNS_REDIS)
    is_worker = "PYTEST_XDIST_WORKER" in given
    return {name: value for name, value in given.items() if not (is_worker and name == "REDIS_URL" and value == ours)}


class RunServers:
    """Starts what the environment does not point elsewhere; runs side by side with other test runs."""

    def __init__(self, given: Mapping[str, str]) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-"))
        self.run = self.folder / "run"
        self.needs_postgres = not given.get("DATABASE_URL", "").strip()
        self.needs_redis = not given.get("REDIS_URL", "").strip()
        self._started: list[tuple[Part, subprocess.Popen[bytes]]] = []

    def addresses(self) -> dict[str, str]:
        """The variables that the settings must see before Django is set up."""
        found = {}
        for name in ("media", "static"):
            (self.folder / name).mkdir()
            found[f"{name.upper()}_ROOT"] = str(self.folder / name)
        if self.needs_postgres:
            found["DATABASE_URL"] = paths.socket_database_url(self.run)
        if self.needs_redis:
            found["REDIS_URL"] = paths.socket_redis_url(self.run)
        return found

    def start(self) -> None:
        # PostgreSQL's user, when root starts us, must pass through.
        self.folder.chmod(0o755)
        self.run.mkdir()
        if self.needs_postgres:
            self._start(postgres.part(self.folder / "postgres", self.run, postgres.TEST_SETTINGS))
        if self.needs_redis:
            self._start(redis_server.part(self.run))

    def _start(self, lasting: Part) -> None:
        # Nothing of it is kept, so it need not stop cleanly.
        part = replace(lasting, stop_signal=signal.SIGQUIT, death_signal=signal.SIGQUIT)
        log = self.folder / f"{part.name}.log"
        with log.open("wb") as output:
            process = spawn(part, output)
        self._started.append((part, process))
        limit = time.monotonic() + part.ready_seconds
        while not part.is_ready(process.pid):
            if process.poll() is not None or time.monotonic() > limit:
                raise CannotServe(f"The tests' {part.name} did not start:\n{log.read_text()}")
            time.sleep(0.02)

    def stop(self) -> None:
        for part, process in reversed(self._started):
            end(process, part)
        shutil.rmtree(self.folder, ignore_errors=True)


def remove_leftovers() -> None:
    """Removes the folders of test runs that were killed."""
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        pid = folder.name.removeprefix(PREFIX).split("-")[0]
        if pid.isdigit() and not _lives(int(pid)):
            shutil.rmtree(folder, ignore_errors=True)


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
