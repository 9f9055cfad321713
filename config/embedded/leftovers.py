"""What an earlier start left behind when it was killed: processes and marks of processes."""

import os
import signal
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

from config.embedded.errors import CannotServe

LEFTOVER_SECONDS = 10
# How far apart two readings of one process's start may lie.
SAME_START_SECONDS = 2


@dataclass
class Child:
    """A process that a start made; its number alone may have gone to another process since."""

    name: str
    pid: int
    started: float
    stop_signal: int


def end_children(children: Sequence[Child]) -> None:
    """Ends those that live still: where the kernel does not bind them to their parent, all of them do."""
    limit = time.monotonic() + LEFTOVER_SECONDS
    for child in [child for child in children if _lives(child)]:
        _signal(child, child.stop_signal)
        while _lives(child) and time.monotonic() < limit:
            time.sleep(0.05)
        if _lives(child):
            _signal(child, signal.SIGKILL)


def _lives(child: Child) -> bool:
    try:
        process = psutil.Process(child.pid)
        same = abs(process.create_time() - child.started) < SAME_START_SECONDS
        return bool(same and process.status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


def _signal(child: Child, number: int) -> None:
    try:
        os.killpg(child.pid, number)
    except ProcessLookupError:
        return
    except PermissionError as error:
        raise CannotServe(
            f"{child.name} of an earlier start still runs as process {child.pid}, and it is another user's.\n"
            f"End it as that user or as root: kill {child.pid}"
        ) from error


def clear_postgres_mark(data: Path) -> None:
    """Removes a `postmaster.pid` whose number has gone to another process, for PostgreSQL would refuse to start."""
    mark = data / "postmaster.pid"
    if not mark.exists():
        return
    number = mark.read_text().split("\n")[0].strip()
    if number.isdigit() and _is_postgres(int(number)):
        raise CannotServe(
            f"Another PostgreSQL (process {number}) works on {data}, and Backlot did not start it.\n"
            f"Stop it first: kill -INT {number}"
        )
    mark.unlink()


def _is_postgres(pid: int) -> bool:
    try:
        return bool(psutil.Process(pid).name().startswith("postgres"))
    except psutil.NoSuchProcess:
        return False
