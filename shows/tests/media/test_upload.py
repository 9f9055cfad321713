"""Versions that are handed in with a file."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from rest_framework.test import APIClient

from config.accounts.tests.factories import UserFactory
from crew.tests.factories import CrewMemberFactory
from shows.models import Shot, Version
from shows.services.media import storing
from shows.services.media.probing import Facts, probe
from shows.tests.factories import ShotFactory
from shows.tests.media import samples
from shows.tests.media.conftest import files_in

pytestmark = pytest.mark.django_db
HandIn = Callable[..., Any]
LARGE = 3_000_000


@pytest.fixture
def shot(media_folder: Path) -> Shot:
    made: Shot = ShotFactory()
    return made


@pytest.fixture
def coordinator(client_of: Callable[..., APIClient]) -> APIClient:
    return client_of("coordinator")


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (samples.picture("PNG"), "image/png"),
        (samples.picture("JPEG"), "image/jpeg"),
        (samples.picture("WEBP"), "image/webp"),
        (samples.video("mp4"), "video/mp4"),
        (samples.video("webm", "libvpx"), "video/webm"),
    ],
)
def test_a_file_is_told_by_its_content_and_served_as_it_came(
    content: bytes, media_type: str, shot: Shot, coordinator: APIClient, hand_in: HandIn
) -> None:
    made = hand_in(coordinator, shot, content, name="lies.txt", sent_type="text/html", comment="Have a look")
    row = made.json()
    assert (made.status_code, row["name"], row["comment"]) == (201, "v001", "Have a look")
    assert (row["media_type"], row["media_bytes"], row["width"], row["height"]) == (media_type, len(content), 64, 48)
    served: Any = coordinator.get(row["media_url"])
    assert (b"".join(served.streaming_content), served["Content-Type"]) == (content, media_type)
    assert coordinator.get(row["thumbnail_url"]).status_code == 200


def test_a_video_brings_its_length_rate_and_poster(shot: Shot, coordinator: APIClient, hand_in: HandIn) -> None:
    row = hand_in(coordinator, shot, samples.video()).json()
    assert (row["duration"], row["frame_rate"], row["frame_count"]) == (0.5, 24.0, 12)
    assert coordinator.get(row["poster_url"])["Content-Type"] == "image/webp"


def test_a_picture_has_what_a_picture_has(shot: Shot, coordinator: APIClient, hand_in: HandIn) -> None:
    row = hand_in(coordinator, shot, samples.picture()).json()
    of_video = ("poster_url", "duration", "frame_rate", "frame_rate_numerator", "frame_rate_denominator", "frame_count")
    assert [row[name] for name in of_video] == [None] * 6


@pytest.mark.parametrize("form", ["json", "multipart"])
def test_a_version_needs_no_file(form: str, shot: Shot, coordinator: APIClient) -> None:
    made = coordinator.post(f"/api/v1/shots/{shot.pk}/versions", {"department": "Roto"}, format=form)
    row = made.json()
    assert (made.status_code, row["department"]) == (201, "Roto")
    assert [row[name] for name in ("media_url", "media_type", "thumbnail_url", "width")] == [None] * 4


def test_names_on_disk_are_ours(
    shot: Shot, media_folder: Path, coordinator: APIClient, hand_in: HandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    while_probing: list[Path] = []

    def noting(path: Path, folder: Path) -> Facts:
        while_probing.extend(files_in(media_folder))
        return probe(path, folder)

    monkeypatch.setattr(storing, "probe", noting)
    hand_in(coordinator, shot, samples.picture(size=(2000, 1500), compress_level=0), name="../../e vil.php")
    names = [str(path) for path in (*while_probing, *files_in(media_folder))]
    assert len(names) > 2
    assert not any("vil" in name or "php" in name for name in names)


def test_a_large_file_is_written_to_disk_and_moved(
    shot: Shot, media_folder: Path, coordinator: APIClient, hand_in: HandIn
) -> None:
    content = samples.picture(size=(2000, 1500), compress_level=0)
    assert len(content) > LARGE
    assert hand_in(coordinator, shot, content).status_code == 201
    assert [path.name for path in files_in(media_folder)] == ["media", "thumbnail"]


@pytest.mark.security
@pytest.mark.parametrize(
    "content",
    [
        samples.HTML,
        samples.SVG,
        samples.picture()[:-20],
        samples.picture() + samples.HTML,
        samples.png_bomb(65_000, 65_000),
        samples.video("mp4", "mpeg4"),
        samples.video()[:-100],
    ],
)
def test_a_refused_file_is_a_400_with_words_and_leaves_nothing(
    content: bytes, shot: Shot, media_folder: Path, coordinator: APIClient, hand_in: HandIn
) -> None:
    answer = hand_in(coordinator, shot, content)
    assert (answer.status_code, answer.json()["code"]) == (400, "media_refused")
    assert answer.json()["errors"][0]["field"] == "media"
    assert len(answer.json()["detail"].split()) > 5
    assert not Version.objects.exists()
    assert files_in(media_folder) == []


@pytest.mark.security
def test_an_empty_file_is_a_400(shot: Shot, coordinator: APIClient, hand_in: HandIn) -> None:
    assert hand_in(coordinator, shot, b"").json()["errors"][0]["field"] == "media"


@pytest.mark.security
@pytest.mark.parametrize("most", [10, 100_000, LARGE])
def test_a_file_that_is_too_large_is_a_413_and_leaves_nothing(
    most: int, shot: Shot, media_folder: Path, coordinator: APIClient, hand_in: HandIn, settings: Any
) -> None:
    settings.MEDIA_MAX_BYTES = most
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    answer = hand_in(coordinator, shot, samples.picture(size=(2000, 1500), compress_level=0))
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")
    assert files_in(media_folder) == []


@pytest.mark.security
def test_a_length_that_is_too_large_is_refused_before_a_byte_is_read(
    shot: Shot, media_folder: Path, coordinator: APIClient, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "config.api.uploads.LimitedUpload.receive_data_chunk", lambda *args: pytest.fail("It was read.")
    )
    settings.MEDIA_MAX_BYTES = 1000
    answer = coordinator.generic(
        "POST",
        f"/api/v1/shots/{shot.pk}/versions",
        "--x\r\n" + "a" * 5000,
        content_type="multipart/form-data; boundary=x",
        CONTENT_LENGTH=str(10**10),
    )
    assert answer.status_code == 413


@pytest.mark.security
@pytest.mark.parametrize("key", [{}, {"Idempotency-Key": "k"}])
def test_a_form_that_ends_in_the_middle_of_the_file_is_a_400(
    key: dict[str, str], shot: Shot, media_folder: Path, coordinator: APIClient
) -> None:
    begun = '--x\r\nContent-Disposition: form-data; name="media"; filename="a.png"\r\n\r\n' + "a" * 5000
    answer = coordinator.generic(
        "POST", f"/api/v1/shots/{shot.pk}/versions", begun, content_type="multipart/form-data; boundary=x", headers=key
    )
    assert (answer.status_code, Version.objects.count(), files_in(media_folder)) == (400, 0, [])


@pytest.mark.security
def test_a_text_in_place_of_a_file_is_a_400(shot: Shot, coordinator: APIClient) -> None:
    answer = coordinator.post(f"/api/v1/shots/{shot.pk}/versions", {"media": "http://elsewhere/film.mp4"})
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, "media")


@pytest.mark.security
def test_an_unknown_key_beside_the_file_is_a_400_and_leaves_nothing(
    shot: Shot, media_folder: Path, coordinator: APIClient, hand_in: HandIn
) -> None:
    answer = hand_in(coordinator, shot, samples.picture(), media_key="00000000-0000-0000-0000-000000000000")
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, "media_key")
    assert files_in(media_folder) == []


@pytest.mark.security
@pytest.mark.parametrize(("role", "status"), [("anyone", 401), ("member", 403), ("clerk", 403), ("artist", 403)])
def test_who_may_not_hand_in_is_refused_before_the_file_is_looked_at(
    role: str,
    status: int,
    shot: Shot,
    media_folder: Path,
    client_of: Callable[..., APIClient],
    hand_in: HandIn,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("shows.services.media.storing.probe", lambda *args: pytest.fail("It was looked at."))
    assert hand_in(client_of(role), shot, samples.picture()).status_code == status
    assert files_in(media_folder) == []


def test_an_artist_hands_in_a_film_of_an_own_shot(
    media_folder: Path, client_of: Callable[..., APIClient], hand_in: HandIn
) -> None:
    artist: Any = client_of("artist")
    own = ShotFactory(assigned_to=CrewMemberFactory(user=artist.user))
    assert hand_in(artist, own, samples.video()).status_code == 201


def test_a_signed_in_browser_hands_in_with_its_token(shot: Shot) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(UserFactory.create(roles=["supervisor"]), "config.accounts.backends.AccountBackend")
    browser.cookies["csrftoken"] = "a" * 32
    url, body = f"/api/v1/shots/{shot.pk}/versions", {"department": "Roto"}
    assert browser.post(url, body).status_code == 403
    assert browser.post(url, body, headers={"X-CSRFToken": "a" * 32}).status_code == 201


def test_an_unknown_shot_is_a_404(media_folder: Path, coordinator: APIClient, hand_in: HandIn) -> None:
    assert hand_in(coordinator, Shot(pk=987654321), samples.picture()).status_code == 404
    assert files_in(media_folder) == []
