"""Covers: fetched from hosts that settings allow, and from nowhere they lead to."""

import asyncio
from urllib.parse import urlsplit

import httpx
from django.conf import settings

from catalog.connectors.asking import body_of, broken
from catalog.connectors.outcomes import NotFound, Refused, TimedOut
from catalog.connectors.wire import wires

SECONDS = 3.0
SCHEMES = frozenset({"https"})


def is_allowed(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme in SCHEMES and parts.netloc in settings.COVER_HOSTS


async def picture_at(source: str, url: str) -> bytes:
    """The bytes of a picture, whatever they are. Raises SourceFailure, Refused for a host that is not allowed."""
    if not is_allowed(url):
        raise Refused(source)
    request = wires.get().client.stream("GET", url, headers={"Accept": "image/*"}, timeout=SECONDS)
    try:
        async with asyncio.timeout(SECONDS), request as response:
            if response.status_code != 200:
                raise NotFound(source)
            return await body_of(source, response, settings.COVER_MAX_BYTES)
    except (TimeoutError, httpx.TimeoutException) as error:
        raise TimedOut(source) from error
    except httpx.HTTPError as error:
        raise broken(source, error) from None
