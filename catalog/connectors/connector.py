from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any, ClassVar
from urllib.parse import quote

from django.conf import settings

from catalog.connectors.asking import Question, ask
from catalog.connectors.found import Found
from catalog.connectors.mapping import ITEMS
from catalog.connectors.outcomes import NotConfigured, NotFound, SourceFailure
from catalog.connectors.pace import Pace


class Connector:
    """What every source has in common; what one says is told apart by `judging` and `mapping`."""

    source: ClassVar[str]
    # The kind of media that it knows.
    kind: ClassVar[str]
    # The variables without which it cannot be asked.
    needs: ClassVar[tuple[str, ...]] = ()
    # How many hits a page of its search has at most.
    page_size: ClassVar[int] = 100
    # How old what it said may become, by its terms.
    keeps: ClassVar[timedelta | None] = None
    pace: ClassVar[Pace]

    @property
    def url(self) -> str:
        raise NotImplementedError

    def require_configured(self) -> None:
        """Raises NotConfigured that names what is not set."""
        missing = [name for name in self.needs if not getattr(settings, name)]
        if missing:
            raise NotConfigured(self.source, f"is not configured. Set {' and '.join(missing)}.", missing=missing)

    def stored_id(self, external_id: str, form: str | None = None) -> str:
        """The id as we keep it. Raises NotFound for what can be no id of this source."""
        return external_id

    async def get(self, *path: str, params: Mapping[str, str] | None = None) -> Any:
        """The payload at a path, whose parts are quoted."""
        url = "/".join([self.url.rstrip("/"), *(quote(part, safe="") for part in path)])
        return await self.ask(Question(self.source, url, params={**(params or {}), **self.credentials()}))

    def credentials(self) -> dict[str, str]:
        return {}

    async def ask(self, question: Question) -> Any:
        async with self.pace.turn():
            return await ask(question)

    def items(self, payload: Any) -> list[Found]:
        return ITEMS[self.source](payload)

    async def search(self, words: str, *, limit: int, form: str | None = None) -> list[Found]:
        """What the source finds, the best first, each once. Raises SourceFailure when its first page fails."""
        found: dict[str, Found] = {}
        for page in range(-(-limit // self.page_size)):
            try:
                hits = await self.page(words, page, min(self.page_size, limit - page * self.page_size), form)
            except SourceFailure:
                if page == 0:
                    raise
                break
            found |= {hit.external_id: hit for hit in hits if hit.external_id not in found}
            if len(hits) < self.page_size:
                break
        return list(found.values())[:limit]

    async def page(self, words: str, page: int, size: int, form: str | None) -> list[Found]:
        """The hits of one page, counted from 0."""
        raise NotImplementedError

    async def fetch(self, external_id: str) -> Found:
        """All about one item. Raises NotFound and other SourceFailures."""
        found = self.items(await self.whole(external_id))
        if not found:
            raise NotFound(self.source, external_id)
        return replace(found[0], is_partial=False)

    async def whole(self, external_id: str) -> Any:
        raise NotImplementedError
