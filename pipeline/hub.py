"""What the sockets of one process share: one subscription, and one reading of what changed for all of them."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from typing import Any, Generic, Protocol, TypeVar, cast

import structlog
from channels.layers import get_channel_layer
from django.db import Error
from redis import RedisError

log = structlog.get_logger(__name__)

# Changes that come together are read together.
GATHER_SECONDS = 0.02
# How often the hub says something to itself, and how long that may take.
PROBE_SECONDS = 3.0
LONGEST_ECHO = 3.0
START_SECONDS = 2.0
REST_SECONDS = 1.0
TROUBLE = (OSError, RedisError, Error, TimeoutError)


class HubDown(Exception):
    """Changes cannot be heard of now."""


class Listener(Protocol):
    """A socket."""

    def give_up(self) -> None:
        """Nothing is heard any more."""


L = TypeVar("L", bound=Listener)


class Hub(Generic[L]):
    """Listens to one group while somebody listens to it."""

    group = ""

    def __init__(self) -> None:
        self.listeners: set[L] = set()
        self.stirred = asyncio.Event()
        self.is_up = asyncio.Event()
        self.heard_at = 0.0
        self.task: asyncio.Task[None] | None = None

    def take(self, message: Mapping[str, Any]) -> None:
        """Notes what a message says changed."""
        raise NotImplementedError

    async def tell(self) -> None:
        """Tells the listeners of what was noted since the last time."""
        raise NotImplementedError

    async def beat(self, layer: Any, channel: str) -> None:
        """Says something to itself."""
        await layer.send(channel, {"type": "probe"})

    @asynccontextmanager
    async def joined(self, listener: L) -> AsyncIterator[None]:
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
        hubs.pop((asyncio.get_running_loop(), type(self)), None)

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
                await layer.group_add(self.group, channel)
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
            self.take(message)

    async def probe(self, layer: Any, channel: str) -> None:
        """Raises TimeoutError when the hub does not hear itself: a broken subscription would be silent."""
        loop = asyncio.get_running_loop()
        while True:
            await asyncio.sleep(PROBE_SECONDS)
            asked_at = loop.time()
            async with asyncio.timeout(LONGEST_ECHO):
                await self.beat(layer, channel)
                while self.heard_at < asked_at:
                    await asyncio.sleep(0.05)

    async def distribute(self) -> None:
        while True:
            await self.stirred.wait()
            await asyncio.sleep(GATHER_SECONDS)
            self.stirred.clear()
            await self.tell()


hubs: dict[tuple[asyncio.AbstractEventLoop, type[Hub[Any]]], Hub[Any]] = {}


H = TypeVar("H", bound=Hub[Any])


def hub_of(kind: type[H]) -> H:
    """The hub of that kind of the running loop."""
    found: Any = hubs.setdefault((asyncio.get_running_loop(), kind), kind())
    return cast(H, found)
