"""Bodies that come slowly, in pieces, without a length, or never whole."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from rest_framework.test import APIClient

from config.serving import bodies
from config.serving.tests.server import Request, get
from shows.models import Version
from shows.tests.factories import ShotFactory
from shows.tests.media import samples
from shows.tests.media.conftest import files_in, media_folder

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.integration]
__all__ = ["media_folder"]
Headers = dict[str, str]
FORM = "multipart/form-data; boundary=x"


@pytest.fixture
def headers(client_of: Callable[..., APIClient]) -> Headers:
    client: Any = client_of("coordinator")
    return {"Authorization": client._credentials["HTTP_AUTHORIZATION"]}


def form(content: bytes) -> bytes:
    opening = b'--x\r\nContent-Disposition: form-data; name="media"; filename="a.png"\r\n\r\n'
    return opening + content + b"\r\n--x--\r\n"


Upload = Callable[[int | None], Request]


@pytest.fixture
def upload(media_folder: Path, headers: Headers) -> Upload:
    """An upload to a shot, with the length that it says, or None."""
    path = f"/api/v1/shots/{ShotFactory().pk}/versions"

    def made(length: int | None) -> Request:
        said = {"Transfer-Encoding": "chunked"} if length is None else {"Content-Length": str(length)}
        return Request("POST", path, headers | {"Content-Type": FORM} | said)

    return made


async def answered(request: Request, body: bytes, size: int = 20_000) -> int:
    """The status, after the body came in pieces."""
    for start in range(0, len(body), size):
        request.part(body[start : start + size], more=start + size < len(body))
    return await asyncio.wait_for(request.answered(), 20)


@pytest.fixture
def large() -> bytes:
    content = form(samples.picture(size=(400, 300), compress_level=0))
    assert len(content) > bodies.SMALL
    return content


@pytest.mark.parametrize("says_its_length", [True, False])
@pytest.mark.parametrize("is_large", [True, False])
def test_a_body_in_pieces_is_taken_whole(
    is_large: bool, says_its_length: bool, large: bytes, media_folder: Path, upload: Upload
) -> None:
    body = large if is_large else form(samples.picture())

    async def scene() -> int:
        return await answered(upload(len(body) if says_its_length else None), body)

    assert asyncio.run(scene()) == 201
    assert Version.objects.get().media_bytes == len(body) - len(form(b""))


@pytest.mark.parametrize("is_large", [True, False])
def test_a_client_that_goes_in_the_middle_leaves_no_file_and_no_row(
    is_large: bool, large: bytes, media_folder: Path, upload: Upload
) -> None:
    body = large if is_large else form(samples.picture())

    async def scene() -> None:
        request = upload(len(body))
        request.part(body[:-60], more=True)
        request.hang_up()
        await asyncio.wait_for(request.answered(), 20)

    asyncio.run(scene())
    assert (Version.objects.exists(), files_in(media_folder)) == (False, [])


@pytest.mark.parametrize("is_large", [True, False])
def test_a_client_that_falls_silent_leaves_no_file_and_no_row(
    is_large: bool, large: bytes, media_folder: Path, upload: Upload, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bodies, "PATIENCE", 0.2)
    body = large if is_large else form(samples.picture())

    async def scene() -> None:
        request = upload(len(body))
        request.part(body[:-60], more=True)
        await asyncio.wait_for(request.answered(), 20)

    asyncio.run(scene())
    assert (Version.objects.exists(), files_in(media_folder)) == (False, [])


@pytest.mark.performance
def test_slow_senders_leave_ordinary_threads_free(large: bytes, upload: Upload, headers: Headers) -> None:
    async def scene() -> list[int]:
        senders = [upload(len(large)) for _ in range(12)]
        senders += [Request("POST", "/api/v1/auth/login", {"Content-Length": "90"}) for _ in range(12)]
        running = [asyncio.create_task(sender.answered()) for sender in senders]
        for sender in senders:
            sender.part(b"--x\r\n", more=True)
        await asyncio.sleep(0.2)
        answers = [await get(path, headers) for path in ("/health", "/api/v1/shots")]
        for sender in senders:
            sender.hang_up()
        await asyncio.wait_for(asyncio.gather(*running), 20)
        return [answer.started.result()["status"] for answer in answers]

    assert asyncio.run(scene()) == [200, 200]


@pytest.mark.security
def test_a_body_without_a_length_is_cut_where_the_limit_is(
    media_folder: Path, upload: Upload, large: bytes, settings: Any
) -> None:
    settings.MEDIA_MAX_BYTES = 100_000

    async def scene() -> int:
        return await answered(upload(None), large)

    assert asyncio.run(scene()) in (400, 413)
    assert (Version.objects.exists(), files_in(media_folder)) == (False, [])


@pytest.mark.unit
@pytest.mark.parametrize(
    ("headers", "length"),
    [({}, 0), ({"Content-Length": "12"}, 12), ({"Content-Length": "x"}, 0), ({"Transfer-Encoding": "chunked"}, None)],
)
def test_the_length_is_what_the_client_says(headers: Headers, length: int | None) -> None:
    async def scene() -> int | None:
        return bodies.length_of(Request("POST", "/", headers).scope)

    assert asyncio.run(scene()) == length
