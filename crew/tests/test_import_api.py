from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from rest_framework.test import APIClient

from crew.models import CrewMember

IMPORT = "/api/v1/crew/import"
TABLE = "full_name,role,department,hire_date\nAda,Editor,Editorial,2030-01-01\n"


@pytest.fixture
def coordinator(client_of: Callable[..., APIClient]) -> APIClient:
    return client_of("coordinator")


def send(client: APIClient, text: str, query: str = "", **headers: Any) -> Any:
    return client.post(
        f"{IMPORT}{query}", {"file": SimpleUploadedFile("x", text.encode())}, format="multipart", **headers
    )


@pytest.mark.smoke
def test_a_coordinator_imports_people(coordinator: APIClient) -> None:
    answer = send(coordinator, TABLE)
    assert (answer.status_code, CrewMember.objects.count()) == (200, 1)
    assert answer.json() == {
        "dry_run": False, "created": 1, "updated": 0, "unchanged": 0, "failed": 0, "ignored_columns": [],
        "rows": [{"line": 2, "action": "created", "name": "Ada", "errors": []}],
    }  # fmt: skip


def test_bad_rows_are_a_problem_with_the_answers_keys(coordinator: APIClient) -> None:
    answer = send(coordinator, f"{TABLE}Ben,Editor,,soon\n")
    body = answer.json()
    assert (answer.status_code, body["code"], body["created"], body["failed"]) == (400, "rows_refused", 1, 1)
    assert (body["rows"][1]["errors"][0]["field"], CrewMember.objects.count()) == ("hire_date", 0)


@pytest.mark.parametrize(
    ("query", "field"), [("?mode=x", "mode"), ("?dry_run=", "dry_run"), ("?partial=2", "partial"), ("?rate=1", "rate")]
)
def test_a_bad_query_is_refused_by_name(query: str, field: str, coordinator: APIClient) -> None:
    answer = send(coordinator, TABLE, query)
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, field)


@pytest.mark.parametrize("text", ["", "\x00", "role\nEditor\n", '"', "full_name,full_name\na,b"])
def test_a_file_that_is_no_table_of_people_is_refused(text: str, coordinator: APIClient) -> None:
    answer = send(coordinator, text)
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, "file")


def test_a_request_that_is_sent_twice_imports_once(coordinator: APIClient) -> None:
    answers = [send(coordinator, TABLE, HTTP_IDEMPOTENCY_KEY="once").json() for _ in range(2)]
    assert (answers[0], CrewMember.objects.count()) == (answers[1], 1)


def test_what_a_producer_exports_a_producer_imports_again(client_of: Callable[..., APIClient]) -> None:
    producer: Any = client_of("producer")
    send(producer, TABLE)
    table = b"".join(producer.get("/api/v1/crew?format=csv").streaming_content).decode()
    assert send(producer, table, "?mode=update").json()["unchanged"] == 1
