"""What the sockets of one process share: one subscription, and one reading of what changed for all of them."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from typing import Any, NamedTuple, Protocol

import orjson
import structlog
from channels.layers import get_channel_layer
from django.db import Error
from redis import RedisError

from pipeline.api.statements import json_rows
from pipeline.live import BOARD
from pipeline.models import Job
from pipeline.threads import in_thread

log = structlog.get_logger(__name__)

# Changes that come together are read together.
GATHER_SECONDS = 0.02
# How often the hub says something to itself, and how long that may take.
PROBE_SECONDS = 3.0
LONGEST_ECHO = 3.0
START_SECONDS = 2.0
REST_SECONDS = 1.0
TROUBLE = (OSError, RedisError, Error, TimeoutError)
Changes = Sequence[Mapping[str, Any]]


class HubDown(Exception):
    """Changes cannot be heard of now."""


class News(NamedTuple):
    """A job that changed: from which number of its changes to which one, and how it looks now."""

    job_id: str
    owner: str | None
    first: int
    last: int
    text: str


class Listener(Protocol):
    """A socket. `job_id` is None for a board, which looks at all jobs."""

    job_id: str | None

    def hear(self, news: News) -> None: ...

    def give_up(self) -> None:
        """Nothing is heard any more."""


class Hub:
    """Runs while somebody listens."""

    def __init__(self) -> None:
        self.listeners: set[Listener] = set()
        self.changed: dict[str, int] = {}
        self.stirred = asyncio.Event()
        self.is_up = asyncio.Event()
        self.heard_at = 0.0
        self.task: asyncio.Task[None] | None = None

    @asynccontextmanager
    async def joined(self, listener: Listener) -> AsyncIterator[None]:
        """Tells the listener of every change from here on. Raises HubDown."""
        self.listeners.add(listener)
        try:
            await self.started()
            yield
        finally:
            self.listeners.discard(listener)
            if not self.listeners:
                self.stop()

    async def started(self) -> None:
        if self.task is None:
            self.task = asyncio.create_task(self.run())
        try:
            await asyncio.wait_for(self.is_up.wait(), START_SECONDS)
        except TimeoutError:
            raise HubDown from None

    def stop(self) -> None:
        if self.task:
            self.task.cancel()
        hubs.pop(asyncio.get_running_loop(), None)

    async def run(self) -> None:
        while True:
            try:
                await self.listen()
            except* TROUBLE as trouble:
                log.warning("sockets_hear_nothing", error=repr(trouble.exceptions[0]))
            finally:
                self.is_up.clear()
                for listener in self.listeners:
                    listener.give_up()
            await asyncio.sleep(REST_SECONDS)

    async def listen(self) -> None:
        layer: Any = get_channel_layer()
        channel = ""
        try:
            async with asyncio.timeout(START_SECONDS):
                channel = await layer.new_channel()
                await layer.group_add(BOARD, channel)
            self.heard_at = asyncio.get_running_loop().time()
            self.is_up.set()
            async with asyncio.TaskGroup() as group:
                group.create_task(self.receive(layer, channel))
                group.create_task(self.probe(layer, channel))
                group.create_task(self.distribute())
        finally:
            with suppress(*TROUBLE):
                await layer.flush()

    async def receive(self, layer: Any, channel: str) -> None:
        while True:
            message = await layer.receive(channel)
            self.heard_at = asyncio.get_running_loop().time()
            for change in message.get("changes", ()):
                self.note(change["job_id"], change["seq"])

    def note(self, job_id: str, seq: int) -> None:
        self.changed[job_id] = min(seq, self.changed.get(job_id, seq))
        self.stirred.set()

    async def probe(self, layer: Any, channel: str) -> None:
        """Raises TimeoutError when the hub does not hear itself: a broken subscription would be silent."""
        loop = asyncio.get_running_loop()
        while True:
            await asyncio.sleep(PROBE_SECONDS)
            asked_at = loop.time()
            async with asyncio.timeout(LONGEST_ECHO):
                await layer.send(channel, {"type": "probe"})
                while self.heard_at < asked_at:
                    await asyncio.sleep(0.05)

    async def distribute(self) -> None:
        while True:
            await self.stirred.wait()
            await asyncio.sleep(GATHER_SECONDS)
            self.stirred.clear()
            changed, self.changed = self.changed, {}
            await self.tell(changed)

    async def tell(self, changed: Mapping[str, int]) -> None:
        """Reads each of the jobs at most twice, once for the boards and once for the pages of jobs."""
        watched = {listener.job_id for listener in self.listeners}
        boards = await self.news(changed, "as_tiles") if None in watched else {}
        pages = await self.news({key: changed[key] for key in changed.keys() & watched}, "as_details")
        for listener in list(self.listeners):
            heard = boards.values() if listener.job_id is None else filter(None, [pages.get(listener.job_id)])
            for news in heard:
                listener.hear(news)

    async def news(self, changed: Mapping[str, int], rows: str) -> dict[str, News]:
        texts = await in_thread(read, list(changed), rows) if changed else []
        found = (news_of(text, changed) for text in texts)
        return {news.job_id: news for news in found}


def read(job_ids: Sequence[str], rows: str) -> list[str]:
    return json_rows(Job.objects.filter(job_id__in=job_ids).order_by("pk"), rows)


def news_of(text: str, changed: Mapping[str, int]) -> News:
    row = orjson.loads(text)
    return News(row["job_id"], row["created_by"], changed[row["job_id"]], row["seq"], text)


hubs: dict[asyncio.AbstractEventLoop, Hub] = {}


def hub() -> Hub:
    """The hub of the running loop."""
    return hubs.setdefault(asyncio.get_running_loop(), Hub())
