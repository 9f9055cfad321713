"""What uploads left behind goes after a day; what has a row stays."""

import os
import time
from datetime import timedelta
from io import StringIO
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.management import call_command

from shows.models import Version
from shows.services.media.storage import folder_of
from shows.services.media.sweeping import sweep_media
from shows.tests.factories import FilmedVersionFactory
from shows.tests.media.conftest import files_in

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1).total_seconds()


def left_behind(folder: Path, name: str, *, days: float) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"left")
    for aged in (path, path.parent):
        os.utime(aged, (time.time() - days * DAY, time.time() - days * DAY))
    return path


def test_old_media_without_a_row_go(media_folder: Path) -> None:
    old = left_behind(media_folder, f"{folder_of(uuid4())}/media", days=1.1)
    young = left_behind(media_folder, f"{folder_of(uuid4())}/media", days=0.9)
    assert sweep_media() == 1
    assert (old.exists(), young.exists()) == (False, True)


def test_media_with_a_row_stay_however_old(media_folder: Path) -> None:
    version: Version = FilmedVersionFactory()
    for path in files_in(media_folder):
        os.utime(path.parent, (0, 0))
    assert sweep_media() == 0
    assert len(files_in(media_folder)) == 3
    assert version.media_key


def test_more_than_are_asked_for_at_once_are_swept(media_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shows.services.media.sweeping.ASKED_AT_ONCE", 2)
    for _ in range(5):
        left_behind(media_folder, f"{folder_of(uuid4())}/media", days=2)
    assert sweep_media() == 5


def test_old_uploads_that_never_ended_go(media_folder: Path) -> None:
    left_behind(media_folder, "incoming/tmpabc.upload", days=2)
    left_behind(media_folder, f"incoming/{uuid4().hex}/media", days=2)
    young = left_behind(media_folder, f"incoming/{uuid4().hex}/media", days=0)
    assert sweep_media() == 2
    assert files_in(media_folder) == [young]


def test_what_others_put_there_is_left_alone(media_folder: Path) -> None:
    other = left_behind(media_folder, "versions/ab/readme/media", days=9)
    assert (sweep_media(), other.exists()) == (0, True)


def test_the_command_says_how_many(media_folder: Path) -> None:
    left_behind(media_folder, f"{folder_of(uuid4())}/media", days=2)
    output = StringIO()
    call_command("sweep_media", stdout=output)
    assert output.getvalue() == "Removed 1 leftovers.\n"
