import asyncio
import re
from typing import Any
from urllib.parse import unquote_plus

from django.conf import settings

from catalog.connectors.asking import Question
from catalog.connectors.connector import Connector
from catalog.connectors.found import Found
from catalog.connectors.outcomes import NotFound
from catalog.connectors.pace import Pace

MBID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
ALBUM, TRACK = "album", "track"


class LastFm(Connector):
    """An item is called what follows `/music/` in the address of its page: `Artist/Album`, `Artist/_/Track`."""

    source = "lastfm"
    kind = "music"
    needs = ("LASTFM_API_KEY",)
    page_size = 100
    pace = Pace(a_second=5, at_once=4)

    @property
    def url(self) -> str:
        return str(settings.LASTFM_URL)

    def stored_id(self, external_id: str, form: str | None = None) -> str:
        """MusicBrainz's ids do as well; they are kept under the item's path."""
        parts = external_id.split("/")
        if not MBID.fullmatch(external_id) and (len(parts) not in (2, 3) or not all(parts)):
            raise NotFound(self.source, external_id)
        return external_id

    async def method(self, name: str, **params: str) -> Any:
        known = {"method": name, "format": "json", "api_key": settings.LASTFM_API_KEY}
        return await self.ask(Question(self.source, self.url, params=known | params))

    async def page(self, words: str, page: int, size: int, form: str | None) -> list[Found]:
        """Albums and tracks in turn, as many of the one as of the other."""
        half = str(-(-size // 2))
        number = str(page + 1)
        answers = await asyncio.gather(
            self.method("album.search", album=words, limit=half, page=number),
            self.method("track.search", track=words, limit=half, page=number),
        )
        albums, tracks = (self.items(answer) for answer in answers)
        both = [item for pair in zip(albums, tracks, strict=False) for item in pair]
        return [*both, *albums[len(tracks) :], *tracks[len(albums) :]][:size]

    async def whole(self, external_id: str) -> Any:
        if MBID.fullmatch(external_id):
            return await self.by_mbid(external_id)
        artist, *between, name = map(unquote_plus, external_id.split("/"))
        if between:
            return await self.method("track.getInfo", artist=artist, track=name)
        return await self.method("album.getInfo", artist=artist, album=name)

    async def by_mbid(self, mbid: str) -> Any:
        try:
            return await self.method("album.getInfo", mbid=mbid)
        except NotFound:
            return await self.method("track.getInfo", mbid=mbid)
