import re
from typing import Any

from django.conf import settings

from catalog.connectors.connector import Connector
from catalog.connectors.found import Found
from catalog.connectors.outcomes import NotFound
from catalog.connectors.pace import Pace

VOLUME = re.compile(r"[A-Za-z0-9_-]{1,100}")


class GoogleBooks(Connector):
    """Works without a key, with a smaller quota."""

    source = "google_books"
    kind = "book"
    page_size = 40
    pace = Pace(a_second=10, at_once=4)

    @property
    def url(self) -> str:
        return str(settings.GOOGLE_BOOKS_URL)

    def credentials(self) -> dict[str, str]:
        return {"key": settings.GOOGLE_BOOKS_API_KEY} if settings.GOOGLE_BOOKS_API_KEY else {}

    def stored_id(self, external_id: str, form: str | None = None) -> str:
        if not VOLUME.fullmatch(external_id):
            raise NotFound(self.source, external_id)
        return external_id

    async def page(self, words: str, page: int, size: int, form: str | None) -> list[Found]:
        start = str(page * self.page_size)
        params = {"q": words, "maxResults": str(size), "startIndex": start, "printType": "books"}
        return self.items(await self.get("volumes", params=params))

    async def whole(self, external_id: str) -> Any:
        return await self.get("volumes", external_id)
