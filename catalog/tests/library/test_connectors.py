"""What asking a source comes to when the source is as bad as it can be."""

import json
import logging
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest

from catalog.connectors import (
    CONNECTORS,
    BrokenAnswer,
    NotConfigured,
    NotFound,
    RateLimited,
    Refused,
    SourceFailure,
    TimedOut,
    Unavailable,
)
from catalog.connectors.wire import ask_all
from catalog.tests.library.recorded import error_answers
from catalog.tests.library.server import Answer, SourceServer, answer, drip, endless, reset, silence

pytestmark = pytest.mark.integration
BOOK = {"id": "vol1", "volumeInfo": {"title": "The Long Corridor"}}
IDS = {"google_books": "vol1", "tmdb": "movie/603", "igdb": "7346", "lastfm": "Madonna/_/Swim"}


def fetched(name: str, external_id: str = "", seconds: float = 2.0) -> Any:
    """What fetching an item came to: the item, or the failure."""
    connector = CONNECTORS[name]
    return ask_all({name: lambda: connector.fetch(external_id or IDS[name])}, seconds=seconds)[name]


def requests(source: SourceServer) -> int:
    return sum(not asked.path.startswith("/token") for asked in source.asked)


# What each recorded error is, and how often the source was asked: what may pass is tried four times.
EXPECTED: dict[str, tuple[type[SourceFailure], int]] = {
    # The token is renewed once.
    "401 bad or expired token (object body)": (NotConfigured, 2),
    "429 rate limit, NO Retry-After header": (RateLimited, 1),
    "400 malformed apicalypse (array body, cause may be absent)": (Refused, 1),
    "400 invalid field (array body)": (Refused, 1),
    "403 limit too high (array body; not an auth error)": (Refused, 1),
    "403 forbidden endpoint for tier (array body)": (Refused, 1),
    "413 response too big (array body)": (Refused, 1),
    "408 timeout (array body)": (Unavailable, 4),
    "404 unknown endpoint (plain text)": (Refused, 1),
    "502 gateway (plain text)": (Unavailable, 4),
    "403 Cloudflare block (plain text)": (Refused, 1),
    "401 v3-era body (array, historic)": (NotConfigured, 2),
    "200 non-array body (what POST /v4/games/count gives)": (BrokenAnswer, 1),
    "400 unknown client id": (NotConfigured, 0),
    "403 wrong client secret": (NotConfigured, 0),
    "401 invalid key": (NotConfigured, 1),
    "404 not found (status_code 34)": (NotFound, 1),
    "404 not found, older body without success key": (NotFound, 1),
    '429 over limit (body from 2017 log; status text was "429")': (RateLimited, 1),
    "429 with Retry-After (header as TMDB documented then; number invented)": (RateLimited, 1),
    "400 bad page": (Refused, 1),
    "502 with an HTML body": (Unavailable, 4),
    "404 with an empty body": (NotFound, 1),
    "200 + error 6 artist not found": (NotFound, 1),
    "200 + error 6 album not found": (NotFound, 1),
    "200 + error 6 track not found": (NotFound, 1),
    "error 6 missing parameter": (Refused, 1),
    "error 4 bad auth": (NotConfigured, 1),
    "error 10 invalid key": (NotConfigured, 1),
    "error 29 rate limit inside HTTP 200": (RateLimited, 1),
    "error 29 rate limit with HTTP 429": (RateLimited, 1),
    "error 8 backend failed with HTTP 500": (Unavailable, 4),
    "error 11 offline with HTTP 503": (Unavailable, 4),
    "error 16 temporary": (Unavailable, 4),
    'HTML instead of JSON (starts "\\n<html><hea")': (Unavailable, 4),
    "429 daily quota": (RateLimited, 1),
    "400 API key not valid": (NotConfigured, 1),
    "403 unknown location": (Refused, 1),
    "503 backendFailed": (Unavailable, 4),
    "200 no result: no items key at all": (NotFound, 1),
}


def test_each_recorded_error_has_a_name_and_none_is_asked_for_again_in_vain(
    source: SourceServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("catalog.connectors.asking.LONGEST_PAUSE", 1)
    outcomes = {}
    for error in error_answers():
        outcomes[error["name"]] = after(error, source)
    assert outcomes == EXPECTED


def after(error: dict[str, Any], source: SourceServer) -> tuple[type[SourceFailure], int]:
    body = error["body"] if isinstance(error["body"], str) else json.dumps(error["body"])
    said = answer(body, error["status"], **{name.replace("-", "_"): value for name, value in error["headers"].items()})
    name, path = {"twitch-token": ("igdb", "/token")}.get(error["api"], (error["api"], "/"))
    CONNECTORS["igdb"].loop = None  # type: ignore[attr-defined]
    source.says(answer({"access_token": "token-1", "expires_in": 5_000_000}), path="/token")
    source.says(said, path=path)
    source.asked.clear()
    return type(fetched(name)), requests(source)


def test_a_source_recovers_within_four_attempts(source: SourceServer) -> None:
    source.says(answer("", 500), reset, answer("", 503), answer(BOOK))
    assert fetched("google_books").title == "The Long Corridor"
    assert requests(source) == 4


@pytest.mark.parametrize("in_words", [False, True], ids=["seconds", "date"])
def test_a_wait_that_is_short_is_waited_for(source: SourceServer, in_words: bool) -> None:
    ends = datetime.now(UTC) + timedelta(seconds=2)
    said = format_datetime(ends, usegmt=True) if in_words else "1"
    source.says(answer("", 429, Retry_After=said), answer(BOOK))
    begun = time.monotonic()
    assert fetched("google_books", seconds=4).title == "The Long Corridor"
    assert 0.9 < time.monotonic() - begun < 3


def test_a_wait_that_is_long_is_told_and_not_waited_for(source: SourceServer) -> None:
    source.says(answer("", 429, Retry_After="3600"))
    failure = fetched("google_books")
    assert (type(failure), requests(source)) == (RateLimited, 1)
    assert 3590 < int(failure.headers["Retry-After"]) <= 3600


@pytest.mark.parametrize(
    ("said", "outcome", "attempts"),
    [
        (answer('{"id": "vol1", "volumeIn'), BrokenAnswer, 1),
        (answer(BOOK)[:-20], Unavailable, 4),
        (answer("<html>Sign in</html>"), BrokenAnswer, 1),
        (answer("[" * 100_000), BrokenAnswer, 1),
        (answer("", 302, Location="http://169.254.169.254/latest"), BrokenAnswer, 1),
        (answer("", 307, Location="/google_books/volumes/other"), BrokenAnswer, 1),
        (endless, BrokenAnswer, 1),
        (reset, Unavailable, 4),
        (b"nonsense\r\n\r\n", Unavailable, 4),
    ],
    ids=["cut JSON", "cut body", "HTML", "depth", "redirect away", "redirect", "50 MB", "reset", "no HTTP"],
)
def test_an_answer_that_is_none_ends_with_a_name(
    source: SourceServer, said: Answer, outcome: type[SourceFailure], attempts: int
) -> None:
    source.says(said)
    failure = fetched("google_books", seconds=3)
    assert (type(failure), requests(source)) == (outcome, attempts)


@pytest.mark.parametrize("said", [silence, drip], ids=["silence", "drips"])
def test_time_is_up_when_it_is_up(source: SourceServer, said: Callable[..., None]) -> None:
    source.says(said)
    begun = time.monotonic()
    assert type(fetched("tmdb", seconds=0.5)) is TimedOut
    assert time.monotonic() - begun < 1


def test_a_token_is_kept_and_renewed_once_when_it_is_not_accepted(source: SourceServer) -> None:
    CONNECTORS["igdb"].loop = None  # type: ignore[attr-defined]
    game = answer([{"id": 7346, "name": "Zelda", "platforms": []}])
    source.says(game, answer("{}", 401), game, path="/igdb")
    assert [fetched("igdb").title for _ in range(2)] == ["Zelda", "Zelda"]
    assert [asked.path.partition("?")[0] for asked in source.asked] == [
        *("/token", "/igdb/games"),
        *("/igdb/games", "/token", "/igdb/games"),
    ]


@pytest.mark.security
def test_an_id_stays_in_its_place_of_the_address(source: SourceServer) -> None:
    for name, odd in {
        "google_books": "../../x?y=1",
        "tmdb": "movie/1/../2",
        "igdb": "1; fields *;",
        "lastfm": "x",
    }.items():
        with pytest.raises(NotFound):
            CONNECTORS[name].stored_id(odd)
    source.says(answer({"error": 6, "message": "Track not found"}))
    assert type(fetched("lastfm", "a&b/_/%3Fapi_key=c")) is NotFound
    assert "artist=a%26b&track=%3Fapi_key%3Dc" in source.asked[0].path


@pytest.mark.security
def test_no_key_stands_in_the_log_or_in_an_error(source: SourceServer, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    source.says(answer("", 500))
    failures = [fetched(name) for name in IDS]
    said = caplog.text + "".join(f"{failure!r} {failure.facts} {failure.__context__!r}" for failure in failures)
    assert "secret-" not in said


def test_pages_are_turned_until_there_are_enough_and_a_late_failure_keeps_what_came(source: SourceServer) -> None:
    def page(number: int, size: int) -> bytes:
        rows = [{"id": number * 100 + n + 1, "title": f"Film {n}", "media_type": "movie"} for n in range(size)]
        return answer({"results": rows})

    source.says(page(0, 20), page(1, 20), answer("", 404))
    tmdb = CONNECTORS["tmdb"]
    found = ask_all({"tmdb": lambda: tmdb.search("film", limit=100)}, seconds=2)["tmdb"]
    assert (len(found), requests(source)) == (40, 3)
