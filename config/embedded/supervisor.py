"""Runs the parts as plain children: starts them in order, shows what they say, and stops them in reverse."""

import os
import selectors
import signal
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from config.embedded.errors import CannotServe
from config.embedded.processes import Part, spawn

NAME_WIDTH = 10
LAST_LINES = 20
TICK_SECONDS = 0.1
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Interrupted(Exception):
    """Somebody asked us to stop."""


@dataclass
class Child:
    part: Part
    process: subprocess.Popen[bytes]
    unfinished: bytes = b""
    last_lines: deque[str] = field(default_factory=lambda: deque(maxlen=LAST_LINES))


class Supervisor:
    """Holds the running parts. One thread: a fork beside threads could hang."""

    def __init__(self, note_child: Callable[[str, int, int], None], *, beside_command: bool = False) -> None:
        """With `beside_command` a command has the terminal: the parts are silent, and Ctrl-C is meant for it."""
        self._note_child = note_child
        self._beside_command = beside_command
        self._children: list[Child] = []
        self._selector = selectors.DefaultSelector()
        self._stop_requests = 0
        self._is_heard = True
        for number in STOP_SIGNALS:
            signal.signal(number, self._count_request)

    def _count_request(self, number: int, frame: object) -> None:
        if number != signal.SIGINT or not self._beside_command:
            self._stop_requests += 1

    def start(self, part: Part, *, outlives: str = "") -> None:
        """Starts a lasting part and waits until it is ready.

        It stops before all that started earlier, but after the part that it `outlives`.
        """
        child = self._spawn(part, outlives)
        limit = time.monotonic() + part.ready_seconds
        while not part.is_ready(child.process.pid):
            self.attend()
            if time.monotonic() > limit:
                raise CannotServe(_report(child, f"was not ready within {part.ready_seconds:g} seconds"))

    def finish(self, part: Part) -> None:
        """Runs a part that ends by itself; only a clean end lets the start go on."""
        child = self._spawn(part)
        while child.process.poll() is None:
            self.attend(ending=child)
        self._forget(child)
        if child.process.returncode:
            raise CannotServe(_report(child, _ending(child.process.returncode)))

    def attend(self, ending: Child | None = None) -> None:
        """One turn of the watch: passes on what the parts say, and notices who died and who asks us to stop."""
        self._listen(TICK_SECONDS)
        if self._stop_requests or not self._is_heard:
            raise Interrupted
        for child in self._children:
            if child is not ending and child.process.poll() is not None:
                self._listen(0)
                raise CannotServe(_report(child, _ending(child.process.returncode)))

    def stop(self) -> None:
        """Stops all parts, the last started first; a second request ends them at once."""
        asked_before = self._stop_requests
        while self._children:
            child = self._children[-1]
            self._end(child, asked_before)
            self._forget(child)

    def _end(self, child: Child, asked_before: int) -> None:
        if child.process.poll() is None:
            child.process.send_signal(child.part.stop_signal)
        limit = time.monotonic() + child.part.stop_seconds
        while child.process.poll() is None:
            self._listen(TICK_SECONDS)
            if time.monotonic() > limit or self._stop_requests > asked_before:
                os.killpg(child.process.pid, signal.SIGKILL)
                child.process.wait()

    def _spawn(self, part: Part, outlives: str = "") -> Child:
        child = Child(part, spawn(part, subprocess.PIPE))
        names = [other.part.name for other in self._children]
        self._children.insert(names.index(outlives) if outlives else len(names), child)
        self._note_child(part.name, child.process.pid, part.stop_signal)
        if child.process.stdout is not None:
            os.set_blocking(child.process.stdout.fileno(), False)
            self._selector.register(child.process.stdout, selectors.EVENT_READ, child)
        return child

    def _forget(self, child: Child) -> None:
        self._listen(0)
        self._children.remove(child)
        if child.process.stdout is not None and not child.process.stdout.closed:
            self._selector.unregister(child.process.stdout)
            child.process.stdout.close()

    def _listen(self, seconds: float) -> None:
        if not self._selector.get_map():
            time.sleep(seconds)
        for key, _ in self._selector.select(seconds):
            said = os.read(key.fd, 65536)
            self._pass_on(key.data, said)
            if not said:
                self._selector.unregister(key.fileobj)
                key.data.process.stdout.close()

    def _pass_on(self, child: Child, said: bytes) -> None:
        *lines, child.unfinished = (child.unfinished + said).split(b"\n")
        if not said and child.unfinished:
            lines, child.unfinished = [child.unfinished], b""
        for line in lines:
            text = line.decode(errors="replace").rstrip()
            child.last_lines.append(text)
            if not self._beside_command:
                self.say(f"{child.part.name:<{NAME_WIDTH}} | {text}")

    def say(self, text: str) -> None:
        """Prints; once nobody reads it any more, such as after `make up | head`, that counts as a wish to stop."""
        try:
            print(text, flush=True)
        except OSError:
            self._is_heard = False
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _ending(code: int) -> str:
    return f"was ended by {signal.Signals(-code).name}" if code < 0 else f"ended with exit code {code}"


def _report(child: Child, what: str) -> str:
    lines = "\n".join(f"    {line}" for line in child.last_lines) or "    (nothing)"
    return f"{child.part.name} {what}. The last that it said:\n{lines}"
