"""Any endpoint that speaks OpenAI's protocol. Imported only where one is configured."""

import asyncio
from collections.abc import AsyncGenerator
from functools import cache
from typing import Any

import httpx2
import openai
from django.conf import settings

from catalog.ai import errors
from catalog.ai.errors import ModelFailed
from catalog.ai.findings import Findings
from catalog.ai.prompts import messages
from catalog.ai.providers import Usage

# Endpoints of one's own want no key, but the client does.
NO_KEY = "none"
LONGEST_WAIT = 3_600


class OpenAIProvider:
    def __init__(self) -> None:
        self.name = settings.AI_MODEL

    async def pieces(self, findings: Findings, usage: Usage) -> AsyncGenerator[str, None]:
        """The model's words; the first ones must come within AI_FIRST_TOKEN_SECONDS."""
        has_begun = False
        try:
            async with asyncio.timeout(settings.AI_FIRST_TOKEN_SECONDS) as patience:
                async with await started(findings) as stream:
                    has_begun = True
                    async for words in words_of(stream, usage):
                        patience.reschedule(None)
                        yield words
        except TimeoutError:
            raise errors.too_slow() from None
        except (openai.OpenAIError, httpx2.TransportError, ValueError) as error:
            raise failure_of(error, has_begun=has_begun) from None


def failure_of(error: Exception, *, has_begun: bool) -> ModelFailed:
    """What the reader is told; the client's own words may hold the key."""
    if isinstance(error, openai.APIStatusError):
        return errors.refused(error.status_code, wait_of(error))
    if isinstance(error, openai.APITimeoutError):
        return errors.too_slow()
    if isinstance(error, openai.APIConnectionError | httpx2.TransportError):
        return errors.broken_off() if has_begun else errors.unreachable()
    return errors.unreadable()


async def started(findings: Findings) -> Any:
    """Asks for no more than all endpoints and models take; an answer that is too long is cut by us, which ends it."""
    client = client_of(settings.AI_BASE_URL, settings.AI_API_KEY or NO_KEY, settings.AI_CONNECT_SECONDS)
    return await client.chat.completions.create(
        model=settings.AI_MODEL,
        messages=messages(findings),
        stream=True,
        stream_options={"include_usage": True},
    )


@cache
def client_of(base_url: str, key: str, connect: float) -> Any:
    """Keeps no connection, so that it serves any event loop; asks once, for who waits would rather know."""
    timeout = httpx2.Timeout(settings.AI_TOTAL_SECONDS, connect=connect)
    limits = httpx2.Limits(max_connections=1_000, max_keepalive_connections=0)
    http = openai.DefaultAsyncHttpxClient(timeout=timeout, limits=limits, follow_redirects=False)
    return openai.AsyncOpenAI(base_url=base_url, api_key=key, max_retries=0, timeout=timeout, http_client=http)


async def words_of(stream: Any, usage: Usage) -> AsyncGenerator[str, None]:
    """The pieces that hold words. Raises ModelFailed when the answer ends without saying that it is whole."""
    is_whole = False
    async for chunk in stream:
        note_usage(chunk, usage)
        for choice in getattr(chunk, "choices", None) or ():
            is_whole = is_whole or bool(getattr(choice, "finish_reason", None))
            words = getattr(getattr(choice, "delta", None), "content", None)
            if isinstance(words, str) and words:
                yield words
    if not is_whole:
        raise errors.broken_off()


def note_usage(chunk: Any, usage: Usage) -> None:
    said = getattr(chunk, "usage", None)
    if said is not None:
        usage.prompt_tokens = getattr(said, "prompt_tokens", None)
        usage.completion_tokens = getattr(said, "completion_tokens", None)


def wait_of(error: openai.APIStatusError) -> int | None:
    """`Retry-After` in seconds, where it is a number that makes sense."""
    said = error.response.headers.get("retry-after", "")
    return min(int(said), LONGEST_WAIT) if said.isdigit() and len(said) < 10 else None
