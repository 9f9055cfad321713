"""Asking other services: one thread per process with an event loop, so that time is up when it is up.

A thread of its own, because a thread that answers a request cannot leave a socket, or the name service, that is silent.
"""

import asyncio
import os
import threading
from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence
from typing import Any

import httpx
import structlog

from catalog.connectors.outcomes import BrokenAnswer, SourceFailure, TimedOut

log = structlog.get_logger(__name__)
USER_AGENT = "Backlot/1.0"
# What is left to say "too late" after the time is up.
GRACE_SECONDS = 1.0
Work = Callable[[], Awaitable[Any]]


class Wire:
    """The loop and the client of one process; a child of a fork makes its own."""

    def __init__(self) -> None:
        self.pid = os.getpid()
        self.loop = asyncio.new_event_loop()
        self.client = httpx.AsyncClient(
            follow_redirects=False,
            headers={"User-Agent": USER_AGENT, "Accept": "application/json", "Accept-Encoding": "identity"},
            limits=httpx.Limits(max_connections=64, max_keepalive_connections=16, keepalive_expiry=30),
        )
        threading.Thread(target=self.loop.run_forever, name="sources", daemon=True).start()

    def run(self, work: Coroutine[Any, Any, Any], seconds: float) -> Any:
        future = asyncio.run_coroutine_threadsafe(work, self.loop)
        try:
            return future.result(seconds)
        except TimeoutError:
            future.cancel()
            raise


class Wires:
    """Hands out the process's wire, made when it is needed first."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.current: Wire | None = None

    def get(self) -> Wire:
        with self.lock:
            if self.current is None or self.current.pid != os.getpid():
                self.current = Wire()
            return self.current


wires = Wires()


def deadline_in(seconds: float) -> float:
    """By the clock of the loop that runs."""
    return asyncio.get_running_loop().time() + seconds


def ask_all(works: Mapping[str, Work], *, seconds: float) -> dict[str, Any]:
    """What each source's work came to, all at once and within the time: its result, or a SourceFailure."""
    try:
        found: dict[str, Any] = wires.get().run(gathered(works, seconds), seconds + GRACE_SECONDS)
    except TimeoutError:
        return {source: TimedOut(source) for source in works}
    return found


async def gathered(works: Mapping[str, Work], seconds: float) -> dict[str, Any]:
    deadline = deadline_in(seconds)
    results = await asyncio.gather(*(in_time(work, deadline) for work in works.values()), return_exceptions=True)
    return {source: outcome(source, result) for source, result in zip(works, results, strict=True)}


async def in_time(work: Work, deadline: float) -> Any:
    async with asyncio.timeout_at(deadline):
        return await work()


def outcome(source: str, result: Any) -> Any:
    """The result; of an error that no source should make, one that a person can read, and a line in the log."""
    if isinstance(result, SourceFailure) or not isinstance(result, BaseException):
        return result
    if isinstance(result, TimeoutError):
        return TimedOut(source)
    log.error("source_broke", source=source, exc_info=result)
    return BrokenAnswer(source, "it could not be read")


async def each(works: Sequence[Work], *, at_once: int) -> list[Any]:
    """The results, or SourceFailures, of many works, so many at once, in their order."""
    turns = asyncio.Semaphore(at_once)

    async def taken(work: Work) -> Any:
        async with turns:
            try:
                return await work()
            except SourceFailure as failure:
                return failure

    return await asyncio.gather(*map(taken, works))
