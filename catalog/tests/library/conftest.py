from collections.abc import Iterator
from typing import Any

import pytest

from catalog.connectors import asking, google_books, igdb, lastfm, tmdb
from catalog.connectors.pace import Pace
from catalog.tests.library.server import SourceServer, answer, serving

CONNECTORS = (google_books.GoogleBooks, igdb.Igdb, lastfm.LastFm, tmdb.Tmdb)


@pytest.fixture
def source(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[SourceServer]:
    """All four sources, configured, at one local server; waits and times are a fraction of the real ones."""
    with serving() as server:
        for name in ("GOOGLE_BOOKS", "TMDB", "IGDB", "LASTFM"):
            setattr(settings, f"{name}_URL", f"{server.url}/{name.lower()}")
        settings.IGDB_TOKEN_URL = f"{server.url}/token"
        for name in ("GOOGLE_BOOKS_API_KEY", "TMDB_API_KEY", "IGDB_CLIENT_ID", "IGDB_CLIENT_SECRET", "LASTFM_API_KEY"):
            setattr(settings, name, f"secret-{name.lower()}")
        settings.SOURCES_SEARCH_TIMEOUT, settings.SOURCES_INGEST_TIMEOUT = 0.5, 2.0
        for name, seconds in {"FIRST_WAIT": 0.01, "LONGEST_WAIT": 0.02, "JITTER": 0.01, "ATTEMPT_SECONDS": 0.2}.items():
            monkeypatch.setattr(asking, name, seconds)
        for connector in CONNECTORS:
            monkeypatch.setattr(connector, "pace", Pace(a_second=1000, at_once=8))
        server.says(answer({"access_token": "token-1", "expires_in": 5_000_000}), path="/token")
        yield server
