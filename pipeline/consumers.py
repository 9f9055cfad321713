"""The sockets of the board and of single jobs: how it stands now, and then every change."""

import asyncio
from contextlib import suppress
from enum import IntEnum
from typing import Any
from uuid import UUID

import orjson
from channels.generic.websocket import AsyncWebsocketConsumer
from django.db import Error

from pipeline.api.statements import json_rows
from pipeline.hub import HubDown, News, hub
from pipeline.models import Job
from pipeline.querysets import NEWEST
from pipeline.services import Actor
from pipeline.standing import Standing
from pipeline.threads import in_thread

HEARTBEAT_SECONDS = 20.0
SEND_SECONDS = 10.0
MOST_WAITING = 500
MOST_SEEN = 1000


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


class JobsConsumer(AsyncWebsocketConsumer):
    """What both sockets do. What a client sends is read and left alone."""

    # The hub listens for all sockets; a channel of each one's own would be a subscription of each one's own.
    channel_layer_alias = "none"
    job_id: str | None = None

    async def connect(self) -> None:
        await self.accept()
        self.standing: Standing = self.scope["standing"]
        self.standing.on_change = self.look_again
        self.waiting: asyncio.Queue[News | Close | None] = asyncio.Queue(MOST_WAITING)
        # The number of the last change of each job that was told.
        self.seen: dict[str, int] = {}
        self.serving = asyncio.create_task(self.serve())

    async def disconnect(self, code: int) -> None:
        self.serving.cancel()

    def hear(self, news: News) -> None:
        self.put(news)

    def give_up(self) -> None:
        self.put(Close.TRY_AGAIN_LATER)

    def look_again(self) -> None:
        self.put(None)

    def put(self, item: News | Close | None) -> None:
        """Who reads so slowly that too much waits for it, is told to come again."""
        if self.waiting.full():
            self.waiting = asyncio.Queue(MOST_WAITING)
            item = Close.TRY_AGAIN_LATER
        self.waiting.put_nowait(item)

    async def serve(self) -> None:
        code = Close.NORMAL
        try:
            self.user()
            async with hub().joined(self):
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

    def may_see(self, owner: str | None) -> bool:
        """As `JobQuerySet.visible_to` has it."""
        user = self.user()
        return user.has_perm("pipeline.view_job") or owner == str(user.pk)

    async def hear_of(self, news: News) -> None:
        """Another's job that somebody may not see (any more) is no news to them."""
        if self.may_see(news.owner):
            await self.tell(news)

    async def tell(self, news: News) -> None:
        """Sends a message for each number: they count up without a gap, whatever was pushed, or lost, on the way."""
        told = self.seen.pop(news.job_id, news.first - 1)
        for seq in range(told + 1, news.last + 1):
            await self.say(message(seq, news.text))
        self.seen[news.job_id] = max(told, news.last)
        if len(self.seen) > MOST_SEEN:
            self.seen.pop(next(iter(self.seen)))

    async def say(self, text: str) -> None:
        self.user()
        async with asyncio.timeout(SEND_SECONDS):
            await self.send(text_data=text)

    async def begin(self) -> None:
        """Sends how it stands."""
        raise NotImplementedError

    async def rights_changed(self) -> None:
        raise NotImplementedError


class BoardConsumer(JobsConsumer):
    """The jobs that the caller may see: first the newest, then each one that changes."""

    async def begin(self) -> None:
        rows = await in_thread(newest, self.user())
        self.seen = {row["job_id"]: row["seq"] for row in map(orjson.loads, rows)}
        await self.say(f'{{"type":"board","jobs":[{",".join(rows)}]}}')

    async def rights_changed(self) -> None:
        """Somebody sees more jobs now, or fewer: the board begins anew."""
        await self.begin()


class JobConsumer(JobsConsumer):
    """One job: the whole of it first, and again at each change."""

    async def connect(self) -> None:
        # Before the hub knows of it: a socket without a job is a board.
        self.job_id = canonical(self.scope["url_route"]["kwargs"]["job_id"])
        await super().connect()

    async def begin(self) -> None:
        rows = await in_thread(details, self.user(), self.job_id) if self.job_id else []
        if not rows:
            raise Ended(Close.NOT_FOUND)
        row = orjson.loads(rows[0])
        self.owner = row["created_by"]
        self.seen = {row["job_id"]: row["seq"]}
        await self.say(message(row["seq"], rows[0]))

    async def hear_of(self, news: News) -> None:
        await self.rights_changed()
        await self.tell(news)

    async def rights_changed(self) -> None:
        if not self.may_see(self.owner):
            raise Ended(Close.NOT_ALLOWED)


def newest(user: Any) -> list[str]:
    return json_rows(Job.objects.visible_to(user).order_by("-pk")[:NEWEST], "as_tiles")


def details(user: Any, job_id: str) -> list[str]:
    return json_rows(Job.objects.visible_to(user).filter(job_id=job_id), "as_details")


def message(seq: int, row: str) -> str:
    return f'{{"type":"job","seq":{seq},"job":{row}}}'


def canonical(text: str) -> str:
    """The id as PostgreSQL writes it; empty for what is none."""
    try:
        return str(UUID(text))
    except ValueError:
        return ""
