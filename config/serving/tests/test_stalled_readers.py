"""Readers that take nothing cost neither a thread nor a connection, and end when they go."""

import asyncio
import os
from collections.abc import Callable
from typing import Any

import pytest
from rest_framework.test import APIClient

from config.serving import files, web
from config.serving.files import Receive, Send
from config.serving.tests.server import Request, get
from pipeline.spans import CHUNK, Span
from shows.models import Version
from shows.services.media.storage import Part, media_storage, name_of
from shows.tests.factories import FILM, FilmedVersionFactory

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.integration]
Headers = dict[str, str]


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[Span]:
    """Every span that was left to the event loop."""
    spans: list[Span] = []
    send_span = files.send_span

    async def noting(span: Span, receive: Receive, send: Send) -> None:
        spans.append(span)
        await send_span(span, receive, send)

    monkeypatch.setattr(files, "send_span", noting)
    return spans


@pytest.fixture
def headers(client_of: Callable[..., APIClient]) -> Headers:
    client: Any = client_of("artist")
    return {"Authorization": client._credentials["HTTP_AUTHORIZATION"]}


@pytest.fixture
def film(db: None) -> str:
    """The address of a film of so many chunks that nobody buffers it."""
    version: Version = FilmedVersionFactory()
    path = media_storage().path(name_of(version.media_key, Part.MEDIA))  # type: ignore[attr-defined, arg-type]
    os.truncate(path, CHUNK * 40)
    return f"/api/v1/versions/{version.pk}/media"


def test_a_file_is_sent_by_the_event_loop(headers: Headers, opened: list[Span]) -> None:
    version = FilmedVersionFactory()
    request = asyncio.run(get(f"/api/v1/versions/{version.pk}/media", headers))
    assert (bytes(request.body), request.is_complete) == (FILM, True)
    assert request.header("content-length") == "1000"
    assert len(opened) == 1


def test_a_part_is_sent_by_the_event_loop(headers: Headers, opened: list[Span]) -> None:
    version = FilmedVersionFactory()
    asked = headers | {"Range": "bytes=990-"}
    request = asyncio.run(get(f"/api/v1/versions/{version.pk}/media", asked))
    assert (bytes(request.body), request.header("content-range")) == (FILM[990:], "bytes 990-999/1000")


@pytest.mark.security
def test_who_may_not_see_it_gets_no_file(opened: list[Span], client_of: Callable[..., APIClient]) -> None:
    member: Any = client_of("member")
    url = f"/api/v1/versions/{FilmedVersionFactory().pk}/media"
    for sent, status in (({}, 401), ({"Authorization": member._credentials["HTTP_AUTHORIZATION"]}, 403)):
        assert asyncio.run(get(url, sent)).started.result()["status"] == status
    assert opened == []


@pytest.mark.performance
def test_twenty_stalled_readers_leave_every_thread_free(film: str, headers: Headers, opened: list[Span]) -> None:
    async def scene() -> int:
        readers = [Request("GET", film, headers, stalls=True) for _ in range(20)]
        running = [asyncio.create_task(reader.answered()) for reader in readers]
        for reader in readers:
            await asyncio.wait_for(reader.started, 20)
        answers = [await get(path, headers) for path in ("/health", "/api/v1/shots") for _ in range(10)]
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)
        return sum(answer.started.result()["status"] == 200 for answer in answers)

    assert web.ordinary.executor._max_workers < 20
    assert asyncio.run(scene()) == 20
    assert len(opened) == 20


def test_a_reader_that_goes_ends_its_file(film: str, headers: Headers, opened: list[Span]) -> None:
    async def scene() -> Request:
        reader = Request("GET", film, headers, stalls=True)
        running = asyncio.create_task(reader.answered())
        await reader.started
        reader.hang_up()
        reader.stalls = False
        await asyncio.wait_for(running, 20)
        return reader

    assert not asyncio.run(scene()).is_complete
    assert opened[0].source.closed  # type: ignore[union-attr]


def test_a_reader_that_takes_nothing_for_long_is_let_go(
    film: str, headers: Headers, opened: list[Span], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "PATIENCE", 0.05)

    async def scene() -> bool:
        reader = Request("GET", film, headers, stalls=True)
        await asyncio.wait_for(reader.answered(), 20)
        return reader.is_complete

    assert asyncio.run(scene()) is False
    assert opened[0].source.closed  # type: ignore[union-attr]
