"""What the sockets of jobs are told: each job that changed, read once for all of them."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, Protocol

import orjson

from pipeline.api.statements import json_rows
from pipeline.hub import Hub
from pipeline.hub import Listener as AnyListener
from pipeline.live import BOARD
from pipeline.models import Job
from pipeline.threads import in_thread


class News(NamedTuple):
    """A job that changed: from which number of its changes to which one, and how it looks now."""

    job_id: str
    owner: str | None
    first: int
    last: int
    text: str


class Listener(AnyListener, Protocol):
    """`job_id` is None for a board, which looks at all jobs."""

    job_id: str | None

    def hear(self, news: News) -> None: ...


class JobHub(Hub[Listener]):
    group = BOARD

    def __init__(self) -> None:
        super().__init__()
        self.changed: dict[str, int] = {}

    def take(self, message: Mapping[str, Any]) -> None:
        for change in message.get("changes", ()):
            job_id, seq = change["job_id"], change["seq"]
            self.changed[job_id] = min(seq, self.changed.get(job_id, seq))
            self.stirred.set()

    async def tell(self) -> None:
        """Reads each of the jobs at most twice, once for the boards and once for the pages of jobs."""
        changed, self.changed = self.changed, {}
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
