"""Starts children that do not outlive us, even when we are killed."""

import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import IO

from config.embedded.rights import Account, as_account

PR_SET_PDEATHSIG = 1
# Only Linux has it; elsewhere the next start ends what a killed supervisor left behind.
PRCTL = ctypes.CDLL(None).prctl if sys.platform == "linux" else None


@dataclass(frozen=True)
class Part:
    """One server of the local default: how it starts, when it is ready, how it stops."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    folder: Path
    is_ready: Callable[[int], bool] = lambda _pid: True
    account: Account | None = None
    stop_signal: signal.Signals = signal.SIGTERM
    # What the kernel sends when the supervisor was killed.
    death_signal: signal.Signals = signal.SIGKILL
    stop_seconds: float = 10
    ready_seconds: float = 60


def spawn(part: Part, output: int | IO[bytes]) -> subprocess.Popen[bytes]:
    """Starts `part` in a process group of its own, with the rights of its account, bound to our life."""
    return subprocess.Popen(
        part.command,
        env=dict(part.environment),
        cwd=part.folder,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT,
        process_group=0,
        # Runs after the change of user, which would clear the wish.
        preexec_fn=partial(die_with, os.getpid(), part.death_signal),
        **as_account(part.account),
    )


def die_with(parent: int, death_signal: int) -> None:
    """In a new child, before its program starts: have the kernel end it when `parent` is gone."""
    if PRCTL is not None:
        PRCTL(PR_SET_PDEATHSIG, death_signal)
    # The parent may have died before the wish was made.
    if os.getppid() != parent:
        os._exit(1)


def end(process: subprocess.Popen[bytes], part: Part) -> None:
    """Asks `process` to stop, waits, and ends its whole group when it does not."""
    if process.poll() is None:
        process.send_signal(part.stop_signal)
    try:
        process.wait(part.stop_seconds)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
