import re
from datetime import timedelta
from typing import Any

from django.conf import settings

from catalog.connectors.asking import Question
from catalog.connectors.connector import Connector
from catalog.connectors.found import Found
from catalog.connectors.outcomes import NotFound
from catalog.connectors.pace import Pace

ID = re.compile(r"(?:(movie|tv)/)?([1-9][0-9]{0,8})")
MOVIE = "movie"


class Tmdb(Connector):
    """Its key is the short one of version 3 or the read access token; its terms want what we keep renewed."""

    source = "tmdb"
    kind = "movie"
    needs = ("TMDB_API_KEY",)
    page_size = 20
    keeps = timedelta(days=180)
    pace = Pace(a_second=30, at_once=8)

    @property
    def url(self) -> str:
        return str(settings.TMDB_URL)

    @property
    def has_token(self) -> bool:
        return settings.TMDB_API_KEY.count(".") == 2

    def credentials(self) -> dict[str, str]:
        return {} if self.has_token else {"api_key": settings.TMDB_API_KEY}

    async def ask(self, question: Question) -> Any:
        headers = {"Authorization": f"Bearer {settings.TMDB_API_KEY}"} if self.has_token else {}
        return await super().ask(Question(question.source, question.url, params=question.params, headers=headers))

    def stored_id(self, external_id: str, form: str | None = None) -> str:
        """`movie/603`, of which `603` is short."""
        known = ID.fullmatch(external_id)
        if known is None:
            raise NotFound(self.source, external_id)
        return f"{known[1] or form or MOVIE}/{known[2]}"

    async def page(self, words: str, page: int, size: int, form: str | None) -> list[Found]:
        params = {"query": words, "page": str(page + 1), "include_adult": "false"}
        payload = await self.get("search", form or "multi", params=params)
        if form and isinstance(payload, dict):
            rows = payload.get("results") or []
            payload["results"] = [row | {"media_type": form} for row in rows if isinstance(row, dict)]
        return self.items(payload)

    async def whole(self, external_id: str) -> Any:
        form, number = external_id.split("/")
        payload = await self.get(form, number, params={"append_to_response": "credits,external_ids"})
        return payload | {"media_type": form} if isinstance(payload, dict) else payload
