"""What an answer of a source means: the payload in it, or how asking has ended. Pure functions."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

import orjson

from catalog.connectors.mapping.reading import UNWRITABLE, at, objects
from catalog.connectors.outcomes import BrokenAnswer, NotConfigured, NotFound, RateLimited, Refused, Unavailable

BOM = b"\xef\xbb\xbf"
DEEPEST = 50
MAY_PASS = frozenset({408, 425, 500, 502, 503, 504, 520, 521, 522, 523, 524})
LONGEST_WAIT = timedelta(days=1)
QUOTA = frozenset({"rateLimitExceeded", "userRateLimitExceeded", "quotaExceeded", "dailyLimitExceeded"})
BAD_KEY = re.compile(r"api key (not valid|expired|not found)", re.IGNORECASE)
ABSENT = re.compile(r"not found|could not be found|no such", re.IGNORECASE)


@dataclass(frozen=True)
class Answer:
    """What came back; `headers` by names in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes = field(repr=False)
    at: datetime = field(default_factory=lambda: datetime.now(UTC))


def payload_of(source: str, answer: Answer) -> Any:
    """The JSON of the body, without what cannot be stored. Raises BrokenAnswer."""
    try:
        return storable(orjson.loads(answer.body.removeprefix(BOM)), DEEPEST)
    except orjson.JSONDecodeError:
        raise BrokenAnswer(source, "it is no JSON") from None
    except RecursionError:
        raise BrokenAnswer(source, "it is nested too deep") from None


def storable(value: Any, left: int) -> Any:
    """The value without characters that PostgreSQL refuses. Raises RecursionError when it is nested too deep."""
    if left < 0:
        raise RecursionError
    if isinstance(value, dict):
        return {UNWRITABLE.sub("", key): storable(one, left - 1) for key, one in value.items()}
    if isinstance(value, list):
        return [storable(one, left - 1) for one in value]
    return UNWRITABLE.sub("", value) if isinstance(value, str) else value


def quietly(source: str, answer: Answer) -> Any:
    """The body of a refusal, whatever it is."""
    try:
        return payload_of(source, answer)
    except BrokenAnswer:
        return None


def until(answer: Answer) -> datetime | None:
    """When `Retry-After` says that it may be asked again: in seconds or as a date; a day from now at most."""
    given = answer.headers.get("retry-after", "").strip()
    if given.isdecimal():
        return answer.at + min(timedelta(seconds=int(given[:9])), LONGEST_WAIT)
    try:
        moment = parsedate_to_datetime(given)
    except ValueError:
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return min(max(moment, answer.at), answer.at + LONGEST_WAIT)


def judged(source: str, answer: Answer) -> Any:
    """The payload of a good answer; raises what it means otherwise, in the way of that source."""
    if own := OWN.get(source):
        own(source, answer)
    if answer.status == 429:
        raise RateLimited(source, until(answer))
    if answer.status in MAY_PASS:
        raise Unavailable(source, f"it failed with status {answer.status}")
    if 300 <= answer.status < 400:
        raise BrokenAnswer(source, "it leads to another address")
    if answer.status == 401:
        raise rejected(source)
    if answer.status >= 400:
        raise Refused(source)
    return payload_of(source, answer)


def rejected(source: str) -> NotConfigured:
    return NotConfigured(
        source, "does not accept our credentials. Check the variables that docs/configuration.md names."
    )


def judge_google_books(source: str, answer: Answer) -> None:
    error = at(quietly(source, answer), "error") if answer.status >= 400 else None
    reasons = {one.get("reason") for one in objects(at(error, "errors"))}
    if answer.status == 404:
        raise NotFound(source)
    if answer.status == 403 and reasons & QUOTA:
        raise RateLimited(source, until(answer))
    if answer.status in (400, 403) and BAD_KEY.search(str(at(error, "message"))):
        raise rejected(source)


def judge_tmdb(source: str, answer: Answer) -> None:
    if answer.status == 404:
        raise NotFound(source)


def judge_igdb(source: str, answer: Answer) -> None:
    """IGDB answers with a list always; an id that it does not know is an empty one, a 404 a wrong question."""
    if answer.status == 200 and not isinstance(payload_of(source, answer), list):
        raise BrokenAnswer(source, "it is no list")


def judge_token(source: str, answer: Answer) -> None:
    """Twitch gives the tokens for IGDB."""
    if answer.status in (400, 401, 403):
        raise rejected(source)


def judge_lastfm(source: str, answer: Answer) -> None:
    """Last.fm says what is wrong in the body, whatever the status: https://www.last.fm/api/errorcodes"""
    payload = quietly(source, answer)
    code = at(payload, "error")
    if code == 6 and ABSENT.search(str(at(payload, "message"))):
        raise NotFound(source)
    if code in (4, 9, 10, 13, 14, 26):
        raise rejected(source)
    if code == 29:
        raise RateLimited(source, until(answer))
    if code in (8, 11, 16):
        raise Unavailable(source, "it says that it fails for the moment")
    if code is not None and answer.status < 500:
        raise Refused(source)


OWN: dict[str, Callable[[str, Answer], None]] = {
    "google_books": judge_google_books,
    "tmdb": judge_tmdb,
    "igdb": judge_igdb,
    "lastfm": judge_lastfm,
}
