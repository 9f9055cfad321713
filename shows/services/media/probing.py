"""Asks the process that looks at files, and believes little of what it says."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import structlog

from shows.errors import MediaRefused

log = structlog.get_logger(__name__)

PROJECT = Path(__file__).resolve().parents[3]
COMMAND = (sys.executable, "-s", "-m", f"{__package__}.probe")
# The process knows no secret of ours: this is all of its environment.
KEPT = ("PATH", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "TMPDIR")
SECONDS = 30
# Each may use a core and gigabytes; those who wait hold nothing.
AT_ONCE = threading.BoundedSemaphore(2)
LONGEST_ANSWER = 10_000
ANSWER, COMPLAINTS = "answer", "complaints"
UNREADABLE = "It takes too long or too much memory to read the file. Export it anew, or send a smaller one."


class ProbeBroken(Exception):
    """The process could not do its work, for reasons that are no file's."""


@dataclass(frozen=True)
class Facts:
    """What a file holds; pixels as shown, seconds, frames a second. A picture has the first three only."""

    media_type: str
    width: int
    height: int
    duration: float | None = None
    frame_rate: Fraction | None = None
    frame_count: int | None = None


def probe(path: Path, folder: Path) -> Facts:
    """The facts of a file; small pictures of it are then in the folder.

    Waits while two others are looked at. Raises MediaRefused for a file that is not taken, ProbeBroken.
    """
    with AT_ONCE:
        returned = run(path, folder)
    answer = (folder / ANSWER).read_bytes()[:LONGEST_ANSWER]
    if returned is None or returned < 0:
        log.warning("probe_ended", returned=returned)
        raise MediaRefused(UNREADABLE)
    if returned:
        complaints = (folder / COMPLAINTS).read_bytes()[-LONGEST_ANSWER:].decode(errors="replace")
        raise ProbeBroken(f"The probe ended with {returned}: {complaints}")
    return facts_of(json.loads(answer))


def run(path: Path, folder: Path) -> int | None:
    """How the process ended; None when it had to be killed for its time."""
    environment = {name: os.environ[name] for name in KEPT if name in os.environ}
    with (folder / ANSWER).open("wb") as answer, (folder / COMPLAINTS).open("wb") as complaints:
        try:
            return subprocess.run(
                [*COMMAND, str(path), str(folder)],
                cwd=PROJECT,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=answer,
                stderr=complaints,
                timeout=SECONDS,
                check=False,
            ).returncode
        except subprocess.TimeoutExpired:
            return None


def facts_of(answer: Mapping[str, Any]) -> Facts:
    if "refused" in answer:
        log.info("media_refused", because=answer.get("because", answer["refused"]))
        raise MediaRefused(answer["refused"])
    return read_facts(answer)


def read_facts(said: Mapping[str, Any]) -> Facts:
    """Facts from JSON, where a rate is a numerator and a denominator."""
    rate = said.get("frame_rate")
    return Facts(**{**said, "frame_rate": Fraction(*rate) if rate else None})
