"""Whatever fails, no file and no row stays."""

import errno
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as project
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from rest_framework.test import APIClient

from config.accounts.tests.factories import UserFactory
from config.api import idempotency
from config.api.models import IdempotencyKey
from shows.models import Shot, Version
from shows.services.media import handing_in, storing
from shows.services.media.handing_in import hand_in_version
from shows.services.media.local import LocalMedia
from shows.services.media.sweeping import sweep_media
from shows.tests.factories import ShotFactory
from shows.tests.media import samples
from shows.tests.media.conftest import files_in

pytestmark = pytest.mark.django_db
HandIn = Callable[..., Any]
KEY = {"Idempotency-Key": "take-7"}


@pytest.fixture
def shot(media_folder: Path) -> Shot:
    made: Shot = ShotFactory()
    return made


@pytest.fixture
def coordinator(client_of: Callable[..., APIClient]) -> APIClient:
    made = client_of("coordinator")
    made.raise_request_exception = False
    return made


def failing(error: Exception) -> Callable[..., Any]:
    def fail(*args: Any, **kwargs: Any) -> Any:
        raise error

    return fail


def assert_nothing_stays(folder: Path) -> None:
    assert files_in(folder) == []
    assert not Version.objects.exists()
    assert not IdempotencyKey.objects.exists()


@pytest.mark.parametrize("headers", [{}, KEY])
def test_a_row_that_cannot_be_written_takes_its_files_along(
    headers: dict[str, str],
    shot: Shot,
    media_folder: Path,
    coordinator: APIClient,
    hand_in: HandIn,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(handing_in, "add_version", failing(DatabaseError("gone")))
    assert hand_in(coordinator, shot, samples.video(), headers=headers).status_code == 500
    assert_nothing_stays(media_folder)


def test_an_answer_that_cannot_be_kept_takes_all_of_it_along(
    shot: Shot, media_folder: Path, coordinator: APIClient, hand_in: HandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(idempotency, "keep", failing(DatabaseError("gone")))
    assert hand_in(coordinator, shot, samples.picture(), headers=KEY).status_code == 500
    assert_nothing_stays(media_folder)


def test_a_view_that_fails_after_the_row_takes_all_of_it_along(
    shot: Shot, media_folder: Path, coordinator: APIClient, hand_in: HandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shows.api.versions.ShotVersionViewSet.created", failing(ValueError("no address")))
    assert hand_in(coordinator, shot, samples.picture(), headers=KEY).status_code == 500
    assert_nothing_stays(media_folder)


@pytest.mark.parametrize("error", [errno.ENOSPC, errno.EIO])
@pytest.mark.parametrize("place", ["write", "put"])
def test_a_full_disk_is_a_503_and_leaves_nothing(
    place: str,
    error: int,
    shot: Shot,
    media_folder: Path,
    coordinator: APIClient,
    hand_in: HandIn,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    where: Any = {"write": storing, "put": LocalMedia}[place]
    monkeypatch.setattr(where, place, failing(OSError(error, os.strerror(error))))
    answer = hand_in(coordinator, shot, samples.picture())
    assert (answer.status_code, answer.json()["code"]) == (503, "storage_unavailable")
    assert answer["Retry-After"]
    assert_nothing_stays(media_folder)


def test_a_disk_that_is_full_half_way_leaves_nothing(
    shot: Shot, media_folder: Path, coordinator: APIClient, hand_in: HandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    put = LocalMedia.put

    def fills_up(self: LocalMedia, source: Path, name: str) -> None:
        put(self, source, name)
        if name.endswith("thumbnail"):
            raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(LocalMedia, "put", fills_up)
    assert hand_in(coordinator, shot, samples.video()).status_code == 503
    assert_nothing_stays(media_folder)


def test_a_probe_that_does_not_work_is_our_fault_and_leaves_nothing(
    shot: Shot, media_folder: Path, coordinator: APIClient, hand_in: HandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shows.services.media.probing.COMMAND", (sys.executable, "-c", "raise ImportError"))
    assert hand_in(coordinator, shot, samples.picture()).status_code == 500
    assert_nothing_stays(media_folder)


def test_files_that_cannot_be_removed_do_not_hide_why(
    shot: Shot, coordinator: APIClient, hand_in: HandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(LocalMedia, "remove_all", failing(OSError("unreachable")))
    monkeypatch.setattr(LocalMedia, "put", failing(OSError(errno.ENOSPC, "full")))
    assert hand_in(coordinator, shot, samples.picture()).status_code == 503


def noting(step: Callable[..., Any], seen: list[bool]) -> Callable[..., Any]:
    """The step, that notes whether a transaction is open."""

    def noted(*args: Any) -> Any:
        seen.append(connection.in_atomic_block)
        return step(*args)

    return noted


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("headers", [{}, KEY])
def test_no_transaction_is_open_while_a_file_is_looked_at_and_stored(
    headers: dict[str, str],
    shot: Shot,
    coordinator: APIClient,
    hand_in: HandIn,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seen: list[bool] = []
    for name in ("write", "probe", "store"):
        monkeypatch.setattr(storing, name, noting(getattr(storing, name), seen))
    assert hand_in(coordinator, shot, samples.picture(), headers=headers).status_code == 201
    assert seen == [False] * 3


@pytest.mark.django_db(transaction=True)
def test_a_commit_that_fails_takes_the_files_along(
    shot: Shot, media_folder: Path, coordinator: APIClient, hand_in: HandIn
) -> None:
    with connection.cursor() as cursor:
        cursor.execute(REFUSED_AT_COMMIT)
    try:
        statuses = [hand_in(coordinator, shot, samples.picture(), headers=headers).status_code for headers in ({}, KEY)]
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP FUNCTION refuse_at_commit() CASCADE")
    assert min(statuses) >= 400
    assert_nothing_stays(media_folder)


REFUSED_AT_COMMIT = """
CREATE FUNCTION refuse_at_commit() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'not now'; END $$;
CREATE CONSTRAINT TRIGGER refuse_at_commit AFTER INSERT ON shows_version
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION refuse_at_commit();
"""


def test_the_caller_of_the_service_can_undo_what_its_transaction_did_not_keep(shot: Shot, media_folder: Path) -> None:
    by = UserFactory.create(roles=["coordinator"])
    undo: list[Any] = []
    with transaction.atomic():
        hand_in_version(shot.pk, by=by, file=SimpleUploadedFile("a.png", samples.picture()), begin=undo.append)
        transaction.set_rollback(True)
    undo[0]()
    assert_nothing_stays(media_folder)


KILLED = """
import os, signal, django
django.setup()
from django.core.files.uploadedfile import SimpleUploadedFile
from shows.services.media import storing
from shows.tests.media import samples
storing.take_in(SimpleUploadedFile("a.png", samples.picture()))
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.django_db(transaction=True)
def test_what_a_killed_server_left_is_swept_after_a_day(media_folder: Path) -> None:
    environment = {**os.environ, "MEDIA_ROOT": str(media_folder)}
    ran = subprocess.run([sys.executable, "-c", KILLED], cwd=project.BASE_DIR, env=environment, check=False)
    assert ran.returncode == -signal.SIGKILL
    left = files_in(media_folder)
    assert [path.name for path in left] == ["media", "thumbnail"]
    for folder in {path.parent for path in left}:
        os.utime(folder, (0, 0))
    assert sweep_media() == 1
    assert_nothing_stays(media_folder)
