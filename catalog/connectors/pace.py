"""How often and how many at once a source may be asked, in one process."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class Pace:
    """So many questions a second, and so many that wait for their answers."""

    def __init__(self, *, a_second: float, at_once: int) -> None:
        self.interval = 1 / a_second
        self.at_once = at_once
        self.next_at = 0.0
        self.loop: asyncio.AbstractEventLoop | None = None
        self.turns = asyncio.Semaphore(at_once)

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        loop = asyncio.get_running_loop()
        if self.loop is not loop:
            self.loop, self.next_at, self.turns = loop, 0.0, asyncio.Semaphore(self.at_once)
        async with self.turns:
            wait, self.next_at = self.next_at - loop.time(), max(self.next_at, loop.time()) + self.interval
            if wait > 0:
                await asyncio.sleep(wait)
            yield
