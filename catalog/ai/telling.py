"""An answer on its way to its reader, as events; nothing here asks the database."""

import asyncio
import time
from contextlib import aclosing
from dataclasses import dataclass, field
from typing import Any

import structlog
from django.conf import settings

from catalog.ai import errors
from catalog.ai.citations import Citations
from catalog.ai.errors import ModelFailed
from catalog.ai.findings import Findings
from catalog.ai.providers import BuiltIn, Provider, Usage
from pipeline.event_streams import HEARTBEAT, Events, event

log = structlog.get_logger(__name__)
# So many events may wait for a reader before the model is not read on.
AHEAD = 16
FALLBACK = "(The language model gave no answer, so this is what Backlot's own search of the catalogue found.)"
LAST = frozenset({"complete", "error"})


@dataclass
class Telling:
    """One answer: what was told so far, and what it took."""

    findings: Findings
    provider: Provider
    # What every line of the log about it carries, such as the request's id.
    context: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.usage = Usage()
        self.citations = Citations({row["film_id"]: row["title"] for row in self.findings.given})
        self.queue: asyncio.Queue[tuple[str, bytes]] = asyncio.Queue(AHEAD)
        self.begun = time.perf_counter()
        self.first_after: float | None = None
        self.outcome = "left"
        self.failure: str | None = None

    async def events(self) -> Events:
        """All of it, up to the one event that is the last; whoever closes this ends the model's work, too."""
        yield event("start", status="processing", question=self.findings.question, provider=self.provider.name)
        work = asyncio.create_task(self.tell())
        name = ""
        try:
            while name not in LAST:
                name, chunk = await self.next_event(work)
                yield chunk
        finally:
            work.cancel()
            await asyncio.gather(work, return_exceptions=True)

    async def next_event(self, work: "asyncio.Task[None]") -> tuple[str, bytes]:
        """The next one, or a heartbeat while there is none; an error when the work died of a fault."""
        try:
            async with asyncio.timeout(settings.AI_HEARTBEAT_SECONDS):
                return await self.queue.get()
        except TimeoutError:
            if not work.done():
                return "", HEARTBEAT
        log.error("ai_answer_failed", exc_info=work.exception(), **self.context)
        return "error", event("error", error="Something broke on our side. It was logged.", code="internal_error")

    async def tell(self) -> None:
        try:
            await self.tell_by(self.provider)
        except ModelFailed as failure:
            await self.make_up_for(failure)
        finally:
            self.note()

    async def tell_by(self, provider: Provider) -> None:
        """Raises ModelFailed, after AI_TOTAL_SECONDS at the latest."""
        try:
            async with asyncio.timeout(settings.AI_TOTAL_SECONDS):
                is_cut = await self.tell_pieces(provider)
        except TimeoutError:
            raise errors.too_slow() from None
        await self.say(self.citations.rest())
        await self.complete(provider, is_cut=is_cut)

    async def tell_pieces(self, provider: Provider) -> bool:
        """Tells at most AI_ANSWER_LENGTH characters; answers whether there would be more."""
        left = settings.AI_ANSWER_LENGTH
        async with aclosing(provider.pieces(self.findings, self.usage)) as pieces:
            async for piece in pieces:
                self.first_after = self.first_after or time.perf_counter() - self.begun
                await self.say(self.citations.feed(piece[:left]))
                left -= len(piece)
                if left < 0:
                    return True
        return False

    async def say(self, text: str) -> None:
        if text:
            await self.queue.put(("message", event("message", content=text)))

    async def complete(self, provider: Provider, *, is_cut: bool = False) -> None:
        own = isinstance(provider, BuiltIn)
        sources = list(self.findings.answer.film_ids) if own else self.citations.sources
        self.outcome = "cut" if is_cut else "completed"
        titles = self.findings.titles
        films = [{"film_id": pk, "title": titles[pk]} for pk in sources if pk in titles]
        facts = {"films": films, "provider": provider.name, "cut": is_cut, "dropped": self.citations.dropped}
        await self.queue.put(("complete", event("complete", status="completed", sources=sources, **facts)))

    async def make_up_for(self, failure: ModelFailed) -> None:
        """What is configured: our own answer in place of the model's, or an error."""
        self.failure = failure.code
        log.warning("ai_model_failed", code=failure.code, retry_after=failure.retry_after, **self.context)
        if settings.AI_ON_FAILURE == "fallback":
            await self.say(self.citations.rest() + ("\n\n" if self.citations.text else ""))
            await self.tell_by(BuiltIn(FALLBACK))
            return
        self.outcome = "error"
        wait = {"retry_after": failure.retry_after} if failure.retry_after else {}
        await self.queue.put(("error", event("error", error=failure.detail, code=failure.code, **wait)))

    def note(self) -> None:
        """The answer's line in the log: numbers, and never the words."""
        log.info(
            "ai_answer",
            provider=self.provider.name,
            outcome=self.outcome,
            failure=self.failure,
            question_length=len(self.findings.question),
            answer_length=len(self.citations.text),
            rows=len(self.findings.given),
            dropped=self.citations.dropped,
            prompt_tokens=self.usage.prompt_tokens,
            completion_tokens=self.usage.completion_tokens,
            first_ms=None if self.first_after is None else round(self.first_after * 1000),
            total_ms=round((time.perf_counter() - self.begun) * 1000),
            **self.context,
        )
