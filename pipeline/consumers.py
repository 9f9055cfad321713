"""The sockets of the board and of single jobs: how it stands now, and then every change."""

from typing import Any
from uuid import UUID

import orjson

from pipeline.api.statements import json_rows
from pipeline.models import Job
from pipeline.news import JobHub, News
from pipeline.querysets import NEWEST
from pipeline.sockets import Close, Ended, LiveConsumer
from pipeline.threads import in_thread

MOST_SEEN = 1000


class JobsConsumer(LiveConsumer):
    """What both sockets do."""

    kind = JobHub
    job_id: str | None = None

    async def connect(self) -> None:
        # The number of the last change of each job that was told.
        self.seen: dict[str, int] = {}
        await super().connect()

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
