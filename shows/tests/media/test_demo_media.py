"""The demo's versions have media; an earlier demo's files go with it."""

from pathlib import Path
from typing import Any

import pytest
from django.db.models import Sum

from config.demo import services
from config.demo.services import seed_demo, seed_demo_once
from shows.models import Version
from shows.services.demo import DemoMedia
from shows.tests.media.conftest import files_in

pytestmark = pytest.mark.django_db
MOST_BYTES = 10_000_000


@pytest.fixture
def demo_folder(settings: Any, tmp_path: Path) -> Path:
    """An empty folder for media, while what was drawn is kept where it is: drawing takes seconds."""
    settings.UPLOADS_IN_PROGRESS = tmp_path / "incoming"
    settings.STORAGES = settings.STORAGES | {
        "media": {"BACKEND": "shows.services.media.local.LocalMedia", "OPTIONS": {"location": tmp_path}}
    }
    return tmp_path


def keys() -> set[str]:
    return {key.hex for key in Version.objects.values_list("media_key", flat=True) if key}


def folders(root: Path) -> set[str]:
    return {path.parent.name for path in files_in(root)}


def test_every_version_of_the_demo_has_media_and_all_of_it_is_small(demo_folder: Path) -> None:
    seed_demo()
    assert not Version.objects.filter(media_key=None).exists()
    assert folders(demo_folder) == keys()
    assert Version.objects.filter(media_type__startswith="video/").count() >= 5
    assert Version.objects.aggregate(all=Sum("media_bytes"))["all"] < MOST_BYTES
    assert sum(path.stat().st_size for path in files_in(demo_folder)) < MOST_BYTES


def test_a_clip_begins_and_ends_with_its_shot(demo_folder: Path) -> None:
    seed_demo()
    for version in Version.objects.filter(frame_count__isnull=False).select_related("shot"):
        assert version.frame_count == version.shot.frame_end - version.shot.frame_start + 1


def test_the_versions_of_the_big_studio_have_none(demo_folder: Path) -> None:
    small = seed_demo(scale=20)["versions"] - Version.objects.filter(media_key=None).count()
    assert 0 < small == len(folders(demo_folder))


@pytest.mark.django_db(transaction=True)
def test_seeding_again_removes_the_earlier_files_after_the_commit(demo_folder: Path) -> None:
    seed_demo()
    before = keys()
    seed_demo()
    assert not before & keys()
    assert folders(demo_folder) == keys()


@pytest.mark.django_db(transaction=True)
def test_a_seeding_that_fails_keeps_the_earlier_files_and_none_of_its_own(
    demo_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seed_demo()
    before = keys()
    monkeypatch.setattr(services, "remember", lambda roots: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        seed_demo()
    assert folders(demo_folder) == before == keys()


def test_once_draws_and_stores_nothing_where_the_demo_was(demo_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seed_demo()
    monkeypatch.setattr(services, "stored_takes", lambda: pytest.fail("It was stored again."))
    assert seed_demo_once() is None


def test_what_was_stored_can_be_undone_by_who_began_the_transaction(demo_folder: Path) -> None:
    begun: list[Any] = []
    seed_demo(begin=begun.append)
    assert isinstance(begun[0].__self__, DemoMedia)
    begun[0]()
    assert files_in(demo_folder) == []
