import asyncio
import re
import time
from typing import Any

from django.conf import settings

from catalog.connectors.asking import Question, ask
from catalog.connectors.connector import Connector
from catalog.connectors.found import Found
from catalog.connectors.judging import Answer, judge_token, judged, payload_of
from catalog.connectors.mapping.reading import at, line, number
from catalog.connectors.outcomes import BrokenAnswer, NotConfigured, NotFound
from catalog.connectors.pace import Pace

ID = re.compile(r"[1-9][0-9]{0,9}")
FIELDS = (
    "name,summary,storyline,first_release_date,url,cover.image_id,cover.url,platforms.name,genres.name,"
    "involved_companies.developer,involved_companies.publisher,involved_companies.company.name"
)
# A token is asked for anew so long before it ends.
EARLY_SECONDS = 300


class Token:
    """Twitch's token for IGDB, kept in the process until shortly before it ends."""

    def __init__(self) -> None:
        self.text, self.ends_at, self.account = "", 0.0, ("", "")
        self.asking = asyncio.Lock()

    async def get(self, *, but: str = "") -> str:
        """The token; with `but` another one than that, which was not accepted."""
        async with self.asking:
            account = (settings.IGDB_CLIENT_ID, settings.IGDB_CLIENT_SECRET)
            is_good = self.account == account and self.text != but and time.monotonic() < self.ends_at
            if not is_good:
                self.text, self.ends_at = await new_token(*account)
                self.account = account
            return self.text


async def new_token(client_id: str, secret: str) -> tuple[str, float]:
    params = {"client_id": client_id, "client_secret": secret, "grant_type": "client_credentials"}
    payload = await ask(Question("igdb", settings.IGDB_TOKEN_URL, "POST", params), token_in)
    seconds = number(at(payload, "expires_in")) or 0
    text = line(at(payload, "access_token"), 1000)
    if not text:
        raise BrokenAnswer("igdb", "there is no token in it")
    return text, time.monotonic() + max(0, seconds - EARLY_SECONDS)


def token_in(source: str, answer: Answer) -> Any:
    judge_token(source, answer)
    return payload_of(source, answer) if answer.status == 200 else judged(source, answer)


class Igdb(Connector):
    source = "igdb"
    kind = "game"
    needs = ("IGDB_CLIENT_ID", "IGDB_CLIENT_SECRET")
    page_size = 100
    pace = Pace(a_second=4, at_once=4)

    def __init__(self) -> None:
        self.loop: asyncio.AbstractEventLoop | None = None
        self.token = Token()

    @property
    def url(self) -> str:
        return str(settings.IGDB_URL)

    def stored_id(self, external_id: str, form: str | None = None) -> str:
        if not ID.fullmatch(external_id):
            raise NotFound(self.source, external_id)
        return external_id

    async def games(self, query: str) -> Any:
        """The answer to a query in IGDB's language; a token that is not accepted is renewed once."""
        if self.loop is not asyncio.get_running_loop():
            self.loop, self.token = asyncio.get_running_loop(), Token()
        token = await self.token.get()
        try:
            return await self.ask(self.question(query, token))
        except NotConfigured:
            return await self.ask(self.question(query, await self.token.get(but=token)))

    def question(self, query: str, token: str) -> Question:
        headers = {"Client-ID": settings.IGDB_CLIENT_ID, "Authorization": f"Bearer {token}"}
        return Question(self.source, f"{self.url.rstrip('/')}/games", "POST", {}, headers, query.encode())

    async def page(self, words: str, page: int, size: int, form: str | None) -> list[Found]:
        quoted = words.replace("\\", " ").replace('"', " ")
        start = page * self.page_size
        query = f'search "{quoted}"; fields {FIELDS}; limit {size}; offset {start};'
        return self.items(await self.games(query))

    async def whole(self, external_id: str) -> Any:
        return await self.games(f"fields {FIELDS}; where id = {external_id};")
