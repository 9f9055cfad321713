"""One question to a source: paced, tried again where that may help, cut off where it is too late or too large."""

import asyncio
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx
import stamina
from django.conf import settings
from django.utils import timezone

from catalog.connectors.judging import Answer, judged
from catalog.connectors.outcomes import BrokenAnswer, RateLimited, SourceFailure, TimedOut, Unavailable
from catalog.connectors.wire import wires

MOST_ATTEMPTS = 4
ATTEMPT_SECONDS = 5.0
CONNECT_SECONDS = 2.0
FIRST_WAIT = 0.2
LONGEST_WAIT = 2.0
JITTER = 0.3
# Longer than this nobody waits who is waited for.
LONGEST_PAUSE = 10.0
Judge = Callable[[str, Answer], Any]


@dataclass(frozen=True)
class Question:
    """`url` is made of settings and quoted ids: nothing that a caller wrote says where to ask."""

    source: str
    url: str
    method: str = "GET"
    params: Mapping[str, str] = field(default_factory=dict, repr=False)
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    content: bytes | None = None


async def ask(question: Question, judge: Judge = judged) -> Any:
    """The payload of the answer. Raises SourceFailure.

    Tried again, 4 times in all, is what may pass: failures of the service, broken connections, and a limit that says
    when it ends, if that is soon.
    """
    retries = stamina.retry_context(
        on=pause,
        attempts=MOST_ATTEMPTS,
        timeout=None,
        wait_initial=FIRST_WAIT,
        wait_max=LONGEST_WAIT,
        wait_jitter=JITTER,
    )
    async for attempt in retries:
        with attempt:
            return judge(question.source, await answer_to(question))
    raise Unavailable(question.source, "it failed")


def pause(error: Exception) -> bool | float:
    """How many seconds to wait before the next attempt; True leaves that to the growing waits, False ends it."""
    if isinstance(error, RateLimited):
        left = (error.until - timezone.now()).total_seconds() if error.until else LONGEST_PAUSE + 1
        return max(0.0, left) + random.uniform(0, JITTER) if left <= LONGEST_PAUSE else False  # noqa: S311 - no secret
    return isinstance(error, Unavailable)


async def answer_to(question: Question) -> Answer:
    """One attempt. Raises TimedOut, Unavailable, BrokenAnswer."""
    timeout = httpx.Timeout(ATTEMPT_SECONDS, connect=CONNECT_SECONDS)
    request = wires.get().client.stream(
        question.method,
        question.url,
        params=question.params or None,
        headers=question.headers,
        content=question.content,
        timeout=timeout,
    )
    try:
        # A server that drips is within the time of each read for ever.
        async with asyncio.timeout(ATTEMPT_SECONDS), request as response:
            body = await body_of(question.source, response, settings.SOURCE_MAX_BYTES)
            return Answer(response.status_code, dict(response.headers), body)
    except (TimeoutError, httpx.TimeoutException) as error:
        raise TimedOut(question.source) from error
    except (httpx.TransportError, httpx.HTTPError) as error:
        raise broken(question.source, error) from None


def broken(source: str, error: httpx.HTTPError) -> SourceFailure:
    """Without the error itself, in whose request keys stand."""
    if isinstance(error, httpx.TransportError):
        return Unavailable(source, "the connection broke")
    return BrokenAnswer(source, "its encoding is wrong")


async def body_of(source: str, response: httpx.Response, most: int) -> bytes:
    """The body, of which no more is read than there may be."""
    said = response.headers.get("content-length", "")
    body = bytearray()
    if said.isdecimal() and int(said[:15]) > most:
        raise BrokenAnswer(source, f"it has more than {most} bytes")
    async for chunk in response.aiter_bytes(65_536):
        body += chunk
        if len(body) > most:
            raise BrokenAnswer(source, f"it has more than {most} bytes")
    return bytes(body)
