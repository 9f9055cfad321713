"""A local default of its own for a test: real processes in a folder of their own."""

import json
import os
import pwd
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from typing import Any

import psutil

from config.embedded.commands import DEMO_PASSWORD
from config.embedded.rights import Account
from config.embedded.start import PROJECT

START_SECONDS = 60
GONE_SECONDS = 5


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def ordinary_account() -> Account | None:
    """An ordinary user: ourselves, or a user without rights when root runs the tests."""
    if os.geteuid() != 0:
        return None
    nobody = pwd.getpwnam("nobody")
    return Account(nobody.pw_name, nobody.pw_uid, nobody.pw_gid)


def as_ordinary_user(account: Account | None) -> list[str]:
    """How a command begins that `account` runs; it may read what is closed to it, for so Python's folder may be."""
    if account is None:
        return []
    caps = ["--inh-caps=+dac_read_search", "--ambient-caps=+dac_read_search"]
    return ["setpriv", f"--reuid={account.uid}", f"--regid={account.gid}", "--clear-groups", *caps]


def ask(url: str, headers: dict[str, str], body: bytes | None = None) -> Any:
    """What the API answers: to a POST of `body`, where there is one."""
    with urllib.request.urlopen(urllib.request.Request(url, body, headers), timeout=20) as answer:
        return json.loads(answer.read())


class Studio:
    """One `python -m config.embedded …` of a test."""

    def __init__(self, data: Path | None, project: Path = PROJECT, account: Account | None = None) -> None:
        self.project = project
        self.data = data or project / ".local"
        self.port = free_port()
        self._command = [*as_ordinary_user(account), sys.executable, "-m", "config.embedded"]
        unwanted = {"BACKLOT_DATA", "DATABASE_URL", "REDIS_URL", "STATIC_ROOT", "MEDIA_ROOT", "DJANGO_SETTINGS_MODULE"}
        self.environment = {name: value for name, value in os.environ.items() if name not in unwanted}
        # Workers take seconds to start, which only tests of theirs need to spend.
        self.environment |= {"PORT": str(self.port), "BACKLOT_ENV": "local", "WORKER_THREADS": "0"}
        if data:
            self.environment["BACKLOT_DATA"] = str(data)
        self.process: subprocess.Popen[bytes] | None = None

    def call(self, *arguments: str, **environment: str) -> tuple[int, str]:
        """Runs one act to its end: its exit code and all that it said."""
        done = subprocess.run(
            [*self._command, *arguments],
            cwd=self.project,
            env=self.environment | environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=START_SECONDS,
        )
        return done.returncode, done.stdout

    def up(self, **environment: str) -> str:
        """Starts, and answers what was said until it served."""
        self.process = subprocess.Popen(
            [*self._command, "up"],
            cwd=self.project,
            env=self.environment | environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        said = []
        assert self.process.stdout
        for line in self.process.stdout:
            said.append(line.decode())
            if line.startswith(b"Ctrl-C stops"):
                return "".join(said)
        raise AssertionError("It did not start:\n" + "".join(said))

    def completed_job(self) -> Any:
        """Starts a sum as the demo's producer, and answers it when it is completed."""
        api = f"http://127.0.0.1:{self.port}/api/v1"
        login = f"username=producer@backlot.test&password={DEMO_PASSWORD}".encode()
        bearer = {"Authorization": f"Bearer {ask(f'{api}/auth/token', {}, login)['access_token']}"}
        job = ask(f"{api}/pipeline", bearer | {"Content-Type": "application/json"}, b'{"initial_value": 10}')
        limit = time.monotonic() + START_SECONDS
        while job["status"] != "completed" and time.monotonic() < limit:
            time.sleep(0.05)
            job = ask(f"{api}/pipeline/{job['job_id']}", bearer)
        return job

    @property
    def pid(self) -> int:
        assert self.process
        return self.process.pid

    def children(self) -> dict[str, psutil.Process]:
        """The living parts by name."""
        state = json.loads((self.data / "state.json").read_text())
        processes = {child["name"]: child["pid"] for child in state["children"] if psutil.pid_exists(child["pid"])}
        return {name: psutil.Process(pid) for name, pid in processes.items()}

    def send(self, number: signal.Signals) -> None:
        assert self.process
        self.process.send_signal(number)

    def stop_reading(self) -> None:
        assert self.process
        assert self.process.stdout
        self.process.stdout.close()

    def wait(self) -> tuple[int, str]:
        """Waits for the end: the exit code, and what was said since it served."""
        assert self.process
        assert self.process.stdout
        if self.process.stdout.closed:
            return self.process.wait(START_SECONDS), ""
        rest, _ = self.process.communicate(timeout=START_SECONDS)
        return self.process.returncode, rest.decode()

    def close(self) -> None:
        if self.process:
            self.process.terminate()
            self.wait()


def all_gone(processes: list[psutil.Process]) -> bool:
    """Says whether all of them end within the promised time."""
    limit = time.monotonic() + GONE_SECONDS
    while any(lives(process) for process in processes):
        if time.monotonic() > limit:
            return False
        time.sleep(0.05)
    return True


def lives(process: psutil.Process) -> bool:
    try:
        return bool(process.is_running() and process.status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False
