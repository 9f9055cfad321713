"""How a version's files are served."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from config.accounts.tests.factories import UserFactory
from shows.models import Version
from shows.services.media.storage import Part, media_storage, name_of
from shows.tests.factories import FILM, FilmedVersionFactory, VersionFactory

pytestmark = pytest.mark.django_db
FILES = ("media", "thumbnail", "poster")


@pytest.fixture
def version(media_folder: Path) -> Version:
    made: Version = FilmedVersionFactory(
        shot__code="0010", shot__sequence__code="SQ1", shot__sequence__show__code="NEON", number=7
    )
    return made


@pytest.fixture
def artist(client_of: Callable[..., APIClient]) -> APIClient:
    return client_of("artist")


def address(version: Version, file: str = "media") -> str:
    return f"/api/v1/versions/{version.pk}/{file}"


def body(answer: Any) -> bytes:
    return b"".join(answer.streaming_content)


def test_the_whole_file_comes_with_what_a_browser_has_to_know(version: Version, artist: APIClient) -> None:
    answer: Any = artist.get(address(version))
    assert (answer.status_code, body(answer)) == (200, FILM)
    told = {
        name: answer[name] for name in ("Content-Type", "Content-Length", "Accept-Ranges", "X-Content-Type-Options")
    }
    assert told == {
        "Content-Type": "video/mp4", "Content-Length": "1000", "Accept-Ranges": "bytes",
        "X-Content-Type-Options": "nosniff",
    }  # fmt: skip
    assert answer["Content-Disposition"] == 'inline; filename="NEON_SQ1_0010_v007.mp4"'


@pytest.mark.security
def test_a_file_can_run_nothing_and_is_nobody_elses(version: Version, artist: APIClient) -> None:
    answer = artist.get(address(version))
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "private" in answer["Cache-Control"]
    assert {"Authorization", "Cookie"} <= {name.strip() for name in answer["Vary"].split(",")}


@pytest.mark.parametrize(
    ("wanted", "first", "last"),
    [("0-0", 0, 0), ("10-19", 10, 19), ("990-", 990, 999), ("-5", 995, 999), ("0-9999", 0, 999)],
)
def test_a_part_comes_as_that_part(wanted: str, first: int, last: int, version: Version, artist: APIClient) -> None:
    answer: Any = artist.get(address(version), headers={"Range": f"bytes={wanted}"})
    assert (answer.status_code, body(answer)) == (206, FILM[first : last + 1])
    assert answer["Content-Range"] == f"bytes {first}-{last}/1000"
    assert answer["Content-Length"] == str(last - first + 1)


def test_a_part_behind_the_end_is_a_416_that_tells_the_size(version: Version, artist: APIClient) -> None:
    answer: Any = artist.get(address(version), headers={"Range": "bytes=1000-"})
    assert (answer.status_code, answer["Content-Range"]) == (416, "bytes */1000")
    assert answer.json()["code"] == "range_not_satisfiable"


def test_several_parts_come_as_the_whole(version: Version, artist: APIClient) -> None:
    answer: Any = artist.get(address(version), headers={"Range": "bytes=0-1,5-6"})
    assert (answer.status_code, body(answer)) == (200, FILM)


def test_a_part_of_another_file_comes_as_the_whole(version: Version, artist: APIClient) -> None:
    answer: Any = artist.get(address(version), headers={"Range": "bytes=0-1", "If-Range": '"old"'})
    assert (answer.status_code, body(answer)) == (200, FILM)


@pytest.mark.parametrize("headers", [{}, {"Range": "bytes=10-19"}])
def test_head_tells_the_same_without_the_file(headers: dict[str, str], version: Version, artist: APIClient) -> None:
    whole, head = artist.get(address(version), headers=headers), artist.head(address(version), headers=headers)
    assert (head.status_code, head.content) == (whole.status_code, b"")
    for name in ("Content-Length", "Content-Type", "ETag", "Accept-Ranges"):
        assert head[name] == whole[name]


def test_what_the_browser_has_is_not_sent_again(version: Version, artist: APIClient) -> None:
    etag = artist.get(address(version))["ETag"]
    answer: Any = artist.get(address(version), headers={"If-None-Match": etag})
    assert (answer.status_code, answer.content) == (304, b"")


@pytest.mark.parametrize(("file", "content"), [("thumbnail", b"small"), ("poster", b"poster")])
def test_small_pictures_are_webp_with_tags_of_their_own(
    file: str, content: bytes, version: Version, artist: APIClient
) -> None:
    answer: Any = artist.get(address(version, file))
    assert (body(answer), answer["Content-Type"]) == (content, "image/webp")
    assert answer["ETag"] != artist.get(address(version))["ETag"]


@pytest.mark.security
@pytest.mark.parametrize("file", FILES)
@pytest.mark.parametrize(("role", "status"), [("anyone", 401), ("member", 403), ("clerk", 403), ("admin", 200)])
def test_who_may_not_see_versions_sees_none_of_their_files(
    role: str, status: int, file: str, version: Version, client_of: Callable[..., APIClient]
) -> None:
    for sent in ({}, {"Range": "bytes=0-9"}, {"If-None-Match": "*"}, {"Accept": "image/*"}):
        found = client_of(role).get(address(version, file), headers=sent).status_code
        assert found == status or (status == 200 and found in (206, 304))


@pytest.mark.security
def test_no_address_serves_the_folder(version: Version, client_of: Callable[..., APIClient]) -> None:
    name = name_of(version.media_key, Part.MEDIA)  # type: ignore[arg-type]
    for before in ("/", "/media/", "/static/", "/static/../", "/api/v1/media/", "/.local/media/"):
        assert client_of("member").get(f"{before}{name}").status_code in (403, 404)


def test_a_signed_in_browser_needs_no_more_than_its_cookie(version: Version) -> None:
    browser = Client()
    browser.force_login(UserFactory.create(roles=["artist"]), "config.accounts.backends.AccountBackend")
    answer: Any = browser.get(address(version), headers={"Accept": "image/avif,image/webp,*/*;q=0.8"})
    assert (answer.status_code, body(answer)) == (200, FILM)


@pytest.mark.parametrize("file", FILES)
def test_a_version_without_media_has_no_files(file: str, media_folder: Path, artist: APIClient) -> None:
    assert artist.get(address(VersionFactory(), file)).status_code == 404


def test_a_picture_has_no_poster(version: Version, artist: APIClient) -> None:
    Version.objects.update(
        media_type="image/png", duration=None, frame_count=None, frame_rate_numerator=None, frame_rate_denominator=None
    )
    media_storage().remove_all(f"{name_of(version.media_key, Part.POSTER)}")  # type: ignore[arg-type]
    assert artist.get(f"/api/v1/versions/{version.pk}").json()["poster_url"] is None


def test_a_file_that_was_lost_is_a_404(version: Version, media_folder: Path, artist: APIClient) -> None:
    media_storage().remove_all("versions")
    assert artist.get(address(version)).status_code == 404


@pytest.mark.performance
@pytest.mark.parametrize("file", FILES)
def test_a_file_costs_one_query_beside_the_callers(file: str, version: Version, artist: APIClient) -> None:
    with CaptureQueriesContext(connection) as queries:
        artist.get(address(version, file))
    assert len(queries) == 2


def test_a_version_names_its_files(version: Version, artist: APIClient) -> None:
    row = artist.get(f"/api/v1/versions/{version.pk}").json()
    assert [row["media_url"], row["thumbnail_url"], row["poster_url"]] == [address(version, file) for file in FILES]
    assert (row["media_type"], row["media_bytes"], row["width"], row["height"]) == ("video/mp4", 1000, 1920, 1080)
    assert (row["duration"], row["frame_rate"], row["frame_count"]) == (2.0, 24.0, 48)
    assert (row["frame_rate_numerator"], row["frame_rate_denominator"]) == (24, 1)
