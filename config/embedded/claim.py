"""One start at a time: who holds the data folder, and what an earlier one left running."""

import fcntl
import json
import os
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO, Literal

import psutil

from config.embedded.leftovers import Child, end_children


@dataclass
class State:
    """What the holder says about itself to those who come later: it starts, is up, or runs one command."""

    pid: int
    act: Literal["none", "starting", "up", "running"] = "none"
    url: str = ""
    children: list[Child] = field(default_factory=list)


class Claim:
    """The right to start servers on one data folder; the kernel takes it back when its holder dies."""

    def __init__(self, data: Path) -> None:
        self._lock_file = data / "lock"
        self._state_file = data / "state.json"
        self._lock: IO[str] | None = None
        self._state = State(os.getpid())

    def take(self) -> State | None:
        """Takes the right and ends what a killed holder left; answers the present holder when there is one."""
        lock = self._lock_file.open("a")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.close()
            return self.holder()
        self._lock = lock
        end_children(self._read().children)
        self._write()
        return None

    def say(self, act: Literal["starting", "up", "running"], url: str = "") -> None:
        self._state.act, self._state.url = act, url
        self._write()

    def holder(self) -> State | None:
        """Who holds the right now."""
        with self._lock_file.open("a") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except BlockingIOError:
                return self._read()
        return None

    def note_child(self, name: str, pid: int, stop_signal: int) -> None:
        self._state.children.append(Child(name, pid, psutil.Process(pid).create_time(), stop_signal))
        self._write()

    def release(self) -> None:
        if self._lock is not None:
            self._state_file.unlink(missing_ok=True)
            self._lock.close()
            self._lock = None

    def _read(self) -> State:
        try:
            found = json.loads(self._state_file.read_text())
            return State(**found | {"children": [Child(**child) for child in found["children"]]})
        except (FileNotFoundError, ValueError, TypeError, KeyError):
            return State(0)

    def _write(self) -> None:
        draft = self._state_file.with_suffix(".new")
        draft.write_text(json.dumps(asdict(self._state)))
        draft.replace(self._state_file)
