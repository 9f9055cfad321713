from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.utils import timezone
from rest_framework.test import APIClient

from config.api.models import IdempotencyKey
from shows.models import Show
from shows.tests.factories import ShowFactory

BODY = {"title": "Neon", "code": "NEON"}
SHOWS = "/api/v1/shows"


def post(client: APIClient, body: Any = BODY, key: str = "k1", path: str = SHOWS) -> Any:
    return client.post(path, body, headers={"Idempotency-Key": key})


@pytest.fixture
def producer(client_of: Callable[..., APIClient]) -> APIClient:
    return client_of("producer")


def test_the_same_request_twice_acts_once_and_answers_the_same(producer: APIClient) -> None:
    first, second = post(producer), post(producer)
    assert (first.status_code, first.content, first["Location"]) == (201, second.content, second["Location"])
    assert (Show.objects.count(), second["Idempotent-Replayed"]) == (1, "true")


def test_another_body_under_the_key_is_a_422(producer: APIClient) -> None:
    post(producer)
    assert post(producer, BODY | {"code": "OTHER"}).json()["code"] == "idempotency_reused"


def test_a_refusal_frees_the_key(producer: APIClient) -> None:
    assert post(producer, {"title": "Neon", "code": "!"}).status_code == 400
    assert post(producer).status_code == 201


def test_a_refusal_by_a_rule_writes_nothing_and_frees_the_key(producer: APIClient) -> None:
    ShowFactory(code="NEON")
    assert post(producer).status_code == 409
    assert not IdempotencyKey.objects.exists()


def test_the_key_of_another_caller_is_another_key(producer: APIClient, client_of: Callable[..., APIClient]) -> None:
    post(producer)
    assert post(client_of("coordinator"), BODY | {"code": "OTHER"}).status_code == 201


def test_the_key_counts_for_its_path_only(producer: APIClient) -> None:
    show = post(producer).json()
    body = {"show_id": show["id"], "code": "010"}
    assert post(producer, body, path="/api/v1/sequences").status_code == 201


def test_after_a_day_the_key_is_free_again(producer: APIClient, client_of: Callable[..., APIClient]) -> None:
    post(producer)
    with time_machine.travel(timezone.now() + timedelta(hours=24, seconds=1)):
        later = client_of(user=producer.user)  # type: ignore[attr-defined]
        assert post(later, BODY | {"code": "LATER"}).status_code == 201


@pytest.mark.parametrize("key", ["", "x" * 201, "a\tb"])
def test_a_key_that_cannot_be_kept_is_refused(key: str, producer: APIClient) -> None:
    assert post(producer, key=key).status_code == 400


def test_callers_who_are_not_signed_in_have_no_keys(client_of: Callable[..., APIClient]) -> None:
    assert post(client_of("anyone")).status_code == 401
    assert not IdempotencyKey.objects.exists()


def test_a_form_with_a_file_is_told_from_another_by_the_file(producer: APIClient) -> None:
    show = ShowFactory()
    url = f"{SHOWS}/{show.pk}/shots/import"
    assert upload(producer, url, b"sequence,code\r\n010,0010\r\n").status_code == 200
    assert upload(producer, url, b"sequence,code\r\n010,0020\r\n").status_code == 422


def upload(client: APIClient, url: str, content: bytes) -> Any:
    file = SimpleUploadedFile("shots.csv", content, "text/csv")
    return client.post(url, {"file": file}, format="multipart", headers={"Idempotency-Key": "k1"})


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_of_many_requests_at_once_one_acts_and_the_rest_wait_or_replay(client_of: Callable[..., APIClient]) -> None:
    token = client_of("producer")._credentials["HTTP_AUTHORIZATION"]  # type: ignore[attr-defined]

    def send(_: int) -> int:
        headers = {"Authorization": token, "Idempotency-Key": "k1"}
        try:
            return Client().post(SHOWS, BODY, content_type="application/json", headers=headers).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        statuses = list(pool.map(send, range(16)))
    assert set(statuses) <= {201, 409}
    assert 201 in statuses
    assert Show.objects.count() == 1
