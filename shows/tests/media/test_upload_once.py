"""Uploads with an Idempotency-Key, and many uploads at once."""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from rest_framework.test import APIClient

from config.accounts.tests.factories import UserFactory
from config.accounts.tests.parallel import at_once
from shows.models import Shot, Version
from shows.services.media import storing
from shows.tests.factories import ShotFactory
from shows.tests.media import samples
from shows.tests.media.conftest import files_in

HandIn = Callable[..., Any]
KEY = {"Idempotency-Key": "take-7"}


@pytest.fixture
def shot(media_folder: Path, db: None) -> Shot:
    made: Shot = ShotFactory()
    return made


@pytest.fixture
def coordinator(client_of: Callable[..., APIClient]) -> APIClient:
    return client_of("coordinator")


@pytest.mark.django_db
def test_an_upload_sent_twice_is_taken_once_and_looked_at_once(
    shot: Shot, media_folder: Path, coordinator: APIClient, hand_in: HandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = hand_in(coordinator, shot, samples.picture(), headers=KEY)
    monkeypatch.setattr(storing, "probe", lambda *args: pytest.fail("It was looked at again."))
    second = hand_in(coordinator, shot, samples.picture(), headers=KEY)
    assert (second.status_code, second.content, second["Idempotent-Replayed"]) == (201, first.content, "true")
    assert Version.objects.count() == 1
    assert len(files_in(media_folder)) == 2


@pytest.mark.django_db
def test_another_file_under_the_key_is_a_422(shot: Shot, coordinator: APIClient, hand_in: HandIn) -> None:
    hand_in(coordinator, shot, samples.picture(), headers=KEY)
    assert hand_in(coordinator, shot, samples.picture("JPEG"), headers=KEY).status_code == 422


@pytest.mark.django_db
def test_a_refused_file_frees_the_key(shot: Shot, coordinator: APIClient, hand_in: HandIn) -> None:
    assert hand_in(coordinator, shot, samples.HTML, headers=KEY).status_code == 400
    assert hand_in(coordinator, shot, samples.picture(), headers=KEY).status_code == 201


@pytest.mark.django_db
def test_a_version_without_a_file_keeps_its_key_too(shot: Shot, coordinator: APIClient) -> None:
    url = f"/api/v1/shots/{shot.pk}/versions"
    answers = [coordinator.post(url, {"department": "Roto"}, headers=KEY) for _ in range(2)]
    assert answers[0].content == answers[1].content
    assert Version.objects.count() == 1


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_the_same_upload_at_once_is_taken_once_while_the_other_is_told(
    shot: Shot, coordinator: APIClient, hand_in: HandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    probing, others_answered = storing.probe, threading.Event()
    monkeypatch.setattr(storing, "probe", lambda *args: others_answered.wait(20) and probing(*args))

    def send() -> int:
        status: int = hand_in(coordinator, shot, samples.picture(), headers=KEY).status_code
        if status == 409:
            others_answered.set()
        return status

    assert sorted(at_once(2, send)) == [201, 409]
    assert Version.objects.count() == 1


def numbers(shot: Shot) -> list[int]:
    return sorted(shot.versions.values_list("number", flat=True))


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_uploads_that_race_are_numbered_without_a_gap(
    shot: Shot, media_folder: Path, client_of: Callable[..., APIClient], hand_in: HandIn, at_full_size: bool
) -> None:
    number = 40 if at_full_size else 4
    clients = iter([client_of(user=UserFactory.create(roles=["coordinator"])) for _ in range(number)])
    statuses = at_once(number, lambda: hand_in(next(clients), shot, samples.picture()).status_code)
    assert statuses == [201] * number
    assert numbers(shot) == list(range(1, number + 1))
    assert len(files_in(media_folder)) == 2 * number


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_without_the_shots_lock_uploads_would_want_the_same_number(
    shot: Shot,
    media_folder: Path,
    client_of: Callable[..., APIClient],
    hand_in: HandIn,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    meet = threading.Barrier(2, timeout=20)
    monkeypatch.setattr("shows.services.shots.saved", lambda row: (meet.wait(), row.save())[1] or row)
    monkeypatch.setattr("shows.querysets.ShotQuerySet.lock_one", lambda self, pk: self.get(pk=pk))
    clients = [client_of(user=UserFactory.create(roles=["coordinator"])) for _ in range(2)]
    waiting = iter(clients)
    statuses = at_once(2, lambda: hand_in(next(waiting), shot, samples.picture()).status_code)
    assert sorted(statuses) == [201, 409]
    assert len(files_in(media_folder)) == 2
