"""What all sockets have in common: who listens, what waits to be told, and how it ends."""

import asyncio
from contextlib import suppress
from enum import IntEnum
from typing import Any

from channels.generic.websocket import AsyncWebsocketConsumer
from django.db import Error

from pipeline.hub import Hub, HubDown, hub_of
from pipeline.services import Actor
from pipeline.standing import Standing

HEARTBEAT_SECONDS = 20.0
SEND_SECONDS = 10.0
MOST_WAITING = 500


class Close(IntEnum):
    """Why a socket ends; those above 4000 are ours."""

    NORMAL = 1000
    TRY_AGAIN_LATER = 1013
    SIGN_IN = 4401
    NOT_ALLOWED = 4403
    NOT_FOUND = 4404


class Ended(Exception):
    """The socket is to be closed."""

    def __init__(self, code: Close) -> None:
        self.code = code


class LiveConsumer(AsyncWebsocketConsumer):
    """Listens to the hub of its kind. What a client sends is read and left alone."""

    kind: type[Hub[Any]]

    # The hub listens for all sockets; a channel of each one's own would be a subscription of each one's own.
    channel_layer_alias = "none"

    async def connect(self) -> None:
        await self.accept()
        self.standing: Standing = self.scope["standing"]
        self.standing.on_change = self.look_again
        # News of the hub, a reason to end, or None when somebody's rights are not what they were.
        self.waiting: asyncio.Queue[Any] = asyncio.Queue(MOST_WAITING)
        self.serving = asyncio.create_task(self.serve())

    async def disconnect(self, code: int) -> None:
        self.serving.cancel()

    def hear(self, news: Any) -> None:
        self.put(news)

    def give_up(self) -> None:
        self.put(Close.TRY_AGAIN_LATER)

    def look_again(self) -> None:
        self.put(None)

    def put(self, item: Any) -> None:
        """Who reads so slowly that too much waits for it, is told to come again."""
        if self.waiting.full():
            self.waiting = asyncio.Queue(MOST_WAITING)
            item = Close.TRY_AGAIN_LATER
        self.waiting.put_nowait(item)

    async def serve(self) -> None:
        code = Close.NORMAL
        try:
            self.user()
            async with hub_of(self.kind).joined(self):
                await self.begin()
                while True:
                    await self.next()
        except Ended as ended:
            code = ended.code
        except (HubDown, TimeoutError, Error):
            code = Close.TRY_AGAIN_LATER
        with suppress(RuntimeError):
            await self.close(code)

    async def next(self) -> None:
        """Tells what comes next, or in a while that the socket lives."""
        try:
            item = await asyncio.wait_for(self.waiting.get(), HEARTBEAT_SECONDS)
        except TimeoutError:
            await self.say('{"type":"ping"}')
            return
        if isinstance(item, Close):
            raise Ended(item)
        if item is None:
            await self.rights_changed()
        else:
            await self.hear_of(item)

    def user(self) -> Actor:
        """Who looks on. Raises Ended for who is not signed in, or when that cannot be known."""
        if not self.standing.is_sure:
            raise Ended(Close.TRY_AGAIN_LATER)
        user = self.standing.user
        if user is None:
            raise Ended(Close.SIGN_IN)
        return user

    async def say(self, text: str) -> None:
        self.user()
        async with asyncio.timeout(SEND_SECONDS):
            await self.send(text_data=text)

    async def begin(self) -> None:
        """Sends how it stands."""
        raise NotImplementedError

    async def rights_changed(self) -> None:
        raise NotImplementedError

    async def hear_of(self, news: Any) -> None:
        """Tells of it, if it is for who is at the socket."""
        raise NotImplementedError
