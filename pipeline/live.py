"""Pushes to the sockets: fire and forget, beside whatever this process does.

A thread of its own keeps one event loop and its connections to the channel layer; starting a loop for each push would
take longer than the rest of a step. What cannot be sent is dropped: pages notice the gap and ask again.
"""

import asyncio
import os
import threading
from collections import deque
from collections.abc import Mapping, Sequence
from typing import Any

import structlog
from channels.layers import get_channel_layer
from django.conf import settings

log = structlog.get_logger(__name__)

BOARD = "pipeline.board"
MOST_WAITING = 10_000
SEND_SECONDS = 2.0
# Under load changes go out together, so often at most.
PAUSE_SECONDS = 0.05
Change = Mapping[str, Any]


class Pusher:
    """The thread of one process; a forked child makes its own."""

    def __init__(self) -> None:
        self.pid = os.getpid()
        self.waiting: deque[tuple[str, Change]] = deque(maxlen=MOST_WAITING)
        self.loop = asyncio.new_event_loop()
        self.turn = asyncio.Lock()
        self.is_called = False
        self.is_heard = True
        threading.Thread(target=self.loop.run_forever, name="live-pushes", daemon=True).start()

    def push(self, group: str, changes: Sequence[Change]) -> None:
        self.waiting.extend((group, change) for change in changes)
        if not self.is_called:
            self.is_called = True
            asyncio.run_coroutine_threadsafe(self.send_waiting(), self.loop)

    async def send_waiting(self) -> None:
        async with self.turn:
            # What comes from here on calls again, and waits for its turn.
            self.is_called = False
            changes = [self.waiting.popleft() for _ in range(len(self.waiting))]
            try:
                await asyncio.wait_for(send(changes), SEND_SECONDS)
            except Exception as error:  # noqa: BLE001 - whatever a layer raises ends a push, never the thread
                if self.is_heard:
                    log.warning("pushes_dropped", error=repr(error))
                self.is_heard = False
            else:
                self.is_heard = True
            await asyncio.sleep(PAUSE_SECONDS)


async def send(changes: Sequence[tuple[str, Change]]) -> None:
    """One message to each group with all its changes; each who listens takes out what it shows and may see."""
    layer: Any = get_channel_layer()
    for group in dict.fromkeys(group for group, _ in changes):
        own = [change for name, change in changes if name == group]
        await layer.group_send(group, {"type": "changed", "changes": own})


pushers: list[Pusher] = []


def push(group: str, changes: Sequence[Change]) -> None:
    """Tells the hubs that listen to the group what changed."""
    if not settings.CHANNEL_LAYERS:
        return
    if not pushers or pushers[0].pid != os.getpid():
        pushers[:] = [Pusher()]
    pushers[0].push(group, changes)
