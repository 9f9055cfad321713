from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from catalog.connectors import covers as fetching
from catalog.services.library.covers import cover_of
from catalog.tests.library.factories import MediaFactory, SourceFactory
from catalog.tests.library.server import SourceServer, answer, endless

pytestmark = [pytest.mark.integration, pytest.mark.django_db, pytest.mark.security]


@pytest.fixture
def host(source: SourceServer, settings: Any, tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> SourceServer:
    """A host that covers may come from; what is kept lies in a folder of the test's own."""
    monkeypatch.setattr(fetching, "SCHEMES", {"http"})
    settings.COVER_HOSTS = [source.url.removeprefix("http://")]
    media = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = settings.STORAGES | {"media": media}
    return source


def picture() -> bytes:
    out = BytesIO()
    Image.new("RGB", (1200, 1800), "teal").save(out, "PNG")
    return out.getvalue()


def test_a_cover_is_fetched_once_and_kept_small(host: SourceServer) -> None:
    host.says(answer(picture()))
    item = SourceFactory(cover_url=f"{host.url}/a.png").media_item
    first, second = cover_of(item), cover_of(item)
    assert first is not None
    assert (first == second, len(host.asked)) == (True, 1)
    with Image.open(BytesIO(first)) as kept:
        assert (kept.format, kept.size) == ("WEBP", (400, 600))


def test_an_address_that_somebody_typed_and_a_strange_host_are_never_asked(host: SourceServer, settings: Any) -> None:
    assert cover_of(MediaFactory(cover_image_url=f"{host.url}/typed.png")) is None
    settings.COVER_HOSTS = ["image.tmdb.org"]
    assert cover_of(SourceFactory(cover_url=f"{host.url}/b.png").media_item) is None
    assert host.asked == []


@pytest.mark.parametrize(
    "said", [answer("<html>"), endless, answer("", 302, Location="/x")], ids=["HTML", "50 MB", "away"]
)
def test_what_is_no_cover_is_none_and_not_asked_for_again_at_once(host: SourceServer, said: Any) -> None:
    host.says(said)
    item = SourceFactory(cover_url=f"{host.url}/{len(str(said))}.png").media_item
    assert (cover_of(item), cover_of(item), len(host.asked)) == (None, None, 1)
