"""The worker and the beat of the local default."""

import shlex
import signal
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from config.embedded import web
from config.embedded.errors import CannotServe
from config.embedded.processes import Part

THREADS = 8
QUEUES = ("steps", "slow", "events")
CELERY = [sys.executable, "-m", "celery", "--quiet", "--skip-checks"]
# It is so for root's containers, and nothing here can be unpickled.
QUIET = {"PYTHONWARNINGS": "ignore:You're running the worker with superuser privileges"}


def parts(project: Path, environment: Mapping[str, str], *, reload: bool) -> tuple[Part, ...]:
    """One worker of every queue, and what has it sweep; none where WORKER_THREADS is 0."""
    threads = read_threads(environment)
    commands = {"worker": worker_command(threads), "beat": [*CELERY, "--app", "config.celery", "beat"]}
    return tuple(
        Part(
            name=name,
            command=watched(command, project) if reload else command,
            environment=dict(environment) | QUIET,
            folder=project,
            # A watcher ends what it started when it is asked kindly.
            death_signal=signal.SIGTERM if reload else signal.SIGKILL,
        )
        for name, command in commands.items()
        if threads
    )


def watched(command: Sequence[str], project: Path) -> list[str]:
    """The command, started anew whenever the source changes."""
    watcher = [sys.executable, "-m", "watchfiles", "--filter", "python", "--verbosity", "warning"]
    watcher += ["--target-type", "command", "--sigint-timeout", "9"]
    return [*watcher, shlex.join(command), *web.source_folders(project)]


def read_threads(environment: Mapping[str, str]) -> int:
    """WORKER_THREADS, by default 8; 0 is for those whose workers run elsewhere."""
    threads = environment.get("WORKER_THREADS", "").strip() or str(THREADS)
    if not threads.isdigit() or int(threads) > 1000:
        raise CannotServe(f"WORKER_THREADS must be a number from 0 to 1000, not {threads!r}.")
    return int(threads)


def worker_command(
    threads: int, *, application: str = "config.celery", pool: str = "threads", queues: Sequence[str] = QUEUES
) -> list[str]:
    """A worker in one process: threads need half of the memory of processes, and answer more jobs on two cores."""
    command = [*CELERY, "--app", application, "worker", "--queues", ",".join(queues)]
    return [*command, "--pool", pool, "--concurrency", str(threads), "--without-gossip", "--without-mingle"]
