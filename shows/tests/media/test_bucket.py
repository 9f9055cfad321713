"""Media in an S3 bucket: the same through every door, and read in parts."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from rest_framework.test import APIClient

from config import media
from shows.models import Shot, Version
from shows.services.media.storage import media_storage
from shows.services.media.sweeping import sweep_media
from shows.tests.factories import ShotFactory
from shows.tests.media import samples
from shows.tests.media.bucket import Bucket, running_bucket
from shows.tests.media.conftest import files_in

pytestmark = pytest.mark.django_db
HandIn = Callable[..., Any]


@pytest.fixture
def bucket(settings: Any, media_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[type[Bucket]]:
    """Media are kept in a bucket."""
    with running_bucket() as (address, found):
        for name, value in (
            ("MEDIA_BUCKET", "films"), ("MEDIA_ENDPOINT_URL", address), ("MEDIA_REGION", "eu-west-1"),
            ("MEDIA_ACCESS_KEY_ID", "key"), ("MEDIA_SECRET_ACCESS_KEY", "secret"), ("AWS_MAX_ATTEMPTS", "1"),
        ):  # fmt: skip
            monkeypatch.setenv(name, value)
        settings.STORAGES = settings.STORAGES | {"media": media.storage(media_folder)}
        yield found
        media_storage().connection.meta.client.close()  # type: ignore[attr-defined]


@pytest.fixture
def shot(db: None) -> Shot:
    made: Shot = ShotFactory()
    return made


@pytest.fixture
def coordinator(client_of: Callable[..., APIClient]) -> APIClient:
    return client_of("coordinator")


def test_a_film_goes_to_the_bucket_and_nothing_stays_on_disk(
    bucket: type[Bucket], shot: Shot, media_folder: Path, coordinator: APIClient, hand_in: HandIn
) -> None:
    assert hand_in(coordinator, shot, samples.video()).status_code == 201
    assert [key.rpartition("/")[2] for key in sorted(bucket.files)] == ["media", "poster", "thumbnail"]
    assert files_in(media_folder) == []


def test_a_part_is_asked_of_the_bucket_as_that_part(
    bucket: type[Bucket], shot: Shot, coordinator: APIClient, hand_in: HandIn
) -> None:
    row = hand_in(coordinator, shot, samples.video()).json()
    answer: Any = coordinator.get(row["media_url"], headers={"Range": "bytes=10-19"})
    assert (answer.status_code, b"".join(answer.streaming_content)) == (206, samples.video()[10:20])
    assert bucket.asked[-1][2] == "bytes=10-19"


def test_a_whole_film_and_its_head_come_from_the_bucket(
    bucket: type[Bucket], shot: Shot, coordinator: APIClient, hand_in: HandIn
) -> None:
    url = hand_in(coordinator, shot, samples.video()).json()["media_url"]
    whole: Any = coordinator.get(url)
    assert b"".join(whole.streaming_content) == samples.video()
    assert coordinator.head(url)["Content-Length"] == str(len(samples.video()))


def test_a_bucket_that_does_not_answer_is_a_503_and_leaves_no_row(
    bucket: type[Bucket], shot: Shot, media_folder: Path, coordinator: APIClient, hand_in: HandIn
) -> None:
    bucket.is_down = True
    assert hand_in(coordinator, shot, samples.picture()).status_code == 503
    assert (Version.objects.exists(), files_in(media_folder)) == (False, [])


def test_a_film_that_is_gone_from_the_bucket_is_a_404(
    bucket: type[Bucket], shot: Shot, coordinator: APIClient, hand_in: HandIn
) -> None:
    url = hand_in(coordinator, shot, samples.video()).json()["media_url"]
    bucket.files.clear()
    assert coordinator.get(url).status_code == 404


def test_a_bucket_is_swept_of_what_has_no_row(
    bucket: type[Bucket], shot: Shot, coordinator: APIClient, hand_in: HandIn
) -> None:
    for content in (samples.video(), samples.picture()):
        hand_in(coordinator, shot, content)
    for key, (content, _) in bucket.files.items():
        bucket.files[key] = (content, datetime(2026, 1, 1, tzinfo=UTC))
    Version.objects.filter(number=1).delete()
    assert sweep_media() == 1
    assert len(bucket.files) == 2


@pytest.mark.unit
def test_a_bucket_without_its_library_stops_the_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MEDIA_BUCKET", "films")
    monkeypatch.setattr(media, "find_spec", lambda name: None)
    with pytest.raises(ImproperlyConfigured, match=r"requirements-s3\.txt"):
        media.storage(tmp_path)
