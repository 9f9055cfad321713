"""Event streams cost neither a thread nor a database connection while they are open."""

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest
from a2wsgi import WSGIMiddleware
from django.core.cache import cache
from django.db import connection

from catalog.api.answers import AskView
from catalog.tests.ai.model_server import ModelServer, running_model
from catalog.tests.factories import FilmFactory
from config.serving import web
from config.serving.tests.server import Request, get
from pipeline.threads import in_thread

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.integration]
ASK = "/api/v1/ai/ask?question=How+many+films+are+there"
POOL = 5
# Lasts as long as the process, as its threads' connections do.
SMALL = WSGIMiddleware(web.application, workers=POOL)


@pytest.fixture
def model(settings: Any) -> Iterator[ModelServer]:
    """A model that says a word and then nothing more."""
    with running_model() as server:
        settings.AI_BASE_URL, settings.AI_MODEL = server.address, "waiting"
        yield server


@pytest.fixture
def small_pool(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web, "ordinary", SMALL)


def connections() -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        return int(cursor.fetchone()[0])


async def until_told(reader: Request, text: bytes) -> None:
    async with asyncio.timeout(20):
        while text not in reader.body:
            await asyncio.sleep(0.01)


def test_a_stream_has_the_headers_and_events_that_readers_want() -> None:
    film = FilmFactory(title="Brine")
    answer = asyncio.run(get(ASK))
    assert answer.header("content-type") == "text/event-stream; charset=utf-8"
    assert (answer.header("cache-control"), answer.header("connection")) == ("no-cache", "keep-alive")
    assert bytes(answer.body).startswith(
        b'event: start\ndata: {"status":"processing","question":"How many films are there",'
        b'"provider":"built-in search"}\n\n'
        b'event: message\ndata: {"content":"There is 1 film. "}\n\n'
    )
    assert b'event: complete\ndata: {"status":"completed","sources":[%d]' % film.pk in bytes(answer.body)
    assert b"no language model is configured" in answer.body
    assert answer.is_complete


@pytest.mark.performance
def test_films_are_listed_beside_many_open_streams(model: ModelServer, small_pool: None, at_full_size: bool) -> None:
    number, others = (100 if at_full_size else 20), connections()

    async def scene() -> tuple[list[int], int]:
        readers = [Request("GET", ASK) for _ in range(number)]
        running = [asyncio.create_task(reader.answered()) for reader in readers]
        for reader in readers:
            await until_told(reader, b"Well, ")
        answers = [await get("/api/v1/films") for _ in range(10)]
        held = await in_thread(connections)
        for reader in readers:
            reader.hang_up()
        await asyncio.wait_for(asyncio.gather(*running), 20)
        return [answer.started.result()["status"] for answer in answers], held

    statuses, held = asyncio.run(scene())
    assert statuses == [200] * 10
    assert len(model.requests) == number
    # Beside the test's own.
    assert held - others <= POOL + 1


def test_a_reader_who_goes_ends_what_makes_the_answer(model: ModelServer) -> None:
    async def scene() -> Request:
        reader = Request("GET", ASK)
        running = asyncio.create_task(reader.answered())
        await until_told(reader, b"Well, ")
        reader.hang_up()
        await asyncio.wait_for(running, 5)
        return reader

    assert not asyncio.run(scene()).is_complete


@pytest.mark.security
def test_a_caller_who_asks_too_often_is_asked_to_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    cache.clear()
    monkeypatch.setattr(AskView, "throttles", {"get": ("ask", 2, 60)})
    answers = [asyncio.run(get(ASK)) for _ in range(3)]
    assert [answer.started.result()["status"] for answer in answers] == [200, 200, 429]
    assert int(answers[-1].header("retry-after")) <= 61
    cache.clear()
