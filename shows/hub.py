"""What the pages of shots are told: that something changed, and who else is looking.

Each process says who looks at its sockets, when that changes and every few seconds; one that falls silent is forgotten.
"""

import asyncio
from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from typing import Any, NamedTuple, Protocol
from uuid import uuid4

from channels.layers import get_channel_layer

from pipeline.hub import TROUBLE, Hub
from pipeline.hub import Listener as AnyListener
from pipeline.search.rows import ranges_of
from pipeline.threads import in_thread
from shows.live import SHOTS
from shows.models import Shot

SAY_SECONDS = 1.0
FORGET_SECONDS = 10.0


class ShotNews(NamedTuple):
    """How a shot stands: `stamp` is None when it is gone, `people` are the names of who looks at it, by id."""

    stamp: str | None
    people: Mapping[str, str]


class Looker(NamedTuple):
    shot_id: int
    user_id: str
    name: str


class Listener(AnyListener, Protocol):
    """`looker` is None until it is known that somebody may look."""

    shot_id: int
    looker: Looker | None

    def hear(self, news: ShotNews) -> None: ...


class ShotHub(Hub[Listener]):
    group = SHOTS

    def __init__(self) -> None:
        super().__init__()
        self.name = uuid4().hex
        self.marked: set[int] = set()
        # Of each process: when it spoke last, and who looks there.
        self.places: dict[str, tuple[float, frozenset[Looker]]] = {}
        self.is_greeted = False

    @asynccontextmanager
    async def joined(self, listener: Listener) -> AsyncIterator[None]:
        async with super().joined(listener):
            try:
                yield
            finally:
                self.listeners.discard(listener)
                await self.announce()

    async def announce(self) -> None:
        """Says who looks here; what cannot be said now is said a little later."""
        layer: Any = get_channel_layer()
        here = {tuple(listener.looker) for listener in self.listeners if listener.looker}
        with suppress(*TROUBLE):
            async with asyncio.timeout(SAY_SECONDS):
                await layer.group_send(self.group, {"type": "present", "place": self.name, "lookers": sorted(here)})

    async def beat(self, layer: Any, channel: str) -> None:
        await super().beat(layer, channel)
        await self.announce()
        limit = asyncio.get_running_loop().time() - FORGET_SECONDS
        for place in [place for place, (at, _) in self.places.items() if at < limit]:
            self.note(place, frozenset())

    def take(self, message: Mapping[str, Any]) -> None:
        if message["type"] == "present":
            self.note(message["place"], frozenset(Looker(*looker) for looker in message["lookers"]))
        for change in message.get("changes", ()):
            self.mark(changed_among(self.watched, change["shots"]))

    @property
    def watched(self) -> set[int]:
        return {listener.shot_id for listener in self.listeners}

    def mark(self, shots: Collection[int]) -> None:
        self.marked.update(shots)
        if self.marked:
            self.stirred.set()

    def note(self, place: str, lookers: frozenset[Looker]) -> None:
        """Who speaks for the first time is answered, and so learns who looks here."""
        _, before = self.places.pop(place, (0.0, frozenset()))
        if lookers:
            self.places[place] = asyncio.get_running_loop().time(), lookers
        if lookers and not before and place != self.name:
            self.is_greeted = True
            self.stirred.set()
        self.mark({looker.shot_id for looker in before ^ lookers})

    def people(self, shot_id: int) -> dict[str, str]:
        everybody = (looker for _, lookers in self.places.values() for looker in lookers)
        return {looker.user_id: looker.name for looker in everybody if looker.shot_id == shot_id}

    async def tell(self) -> None:
        """Reads how the shots stand once for all who look at them."""
        is_greeted, self.is_greeted = self.is_greeted, False
        marked, self.marked = self.marked, set()
        if is_greeted:
            await self.announce()
        shots = marked & self.watched
        stamps = await in_thread(stamps_of, shots) if shots else {}
        news = {shot: ShotNews(stamps.get(shot), self.people(shot)) for shot in shots}
        for listener in list(self.listeners):
            if listener.shot_id in news:
                listener.hear(news[listener.shot_id])


def changed_among(watched: Collection[int], shots: str) -> list[int]:
    ranges: Sequence[range] = ranges_of(shots)
    return [shot for shot in watched if any(shot in part for part in ranges)]


def stamps_of(shots: Collection[int]) -> dict[int, str]:
    return Shot.objects.filter(pk__in=shots).stamps()
