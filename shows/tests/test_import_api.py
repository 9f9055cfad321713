from collections.abc import Callable
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from rest_framework.test import APIClient

from shows.models import Shot, Show
from shows.tests.factories import ShowFactory

TABLE = "sequence,code\nSQ,SH1\nSQ,SH2\n"
CUT = "TITLE: Reel 1\n001 AX V C 00:00:00:00 00:00:01:00 00:00:00:00 00:00:01:00\n"
BAD_CUT = f"{CUT}002 AX V C 00:00:00:00 00:00:00:00 00:00:01:00 00:00:01:00\n"
ROUTES = ["shots/import", "timeline"]


@pytest.fixture
def show(db: None) -> Show:
    return ShowFactory()


@pytest.fixture
def coordinator(client_of: Callable[..., APIClient]) -> APIClient:
    return client_of("coordinator")


def send(client: APIClient, show_id: int, route: str, text: str, **headers: Any) -> Any:
    body = {"file": SimpleUploadedFile("x", text.encode())}
    return client.post(f"/api/v1/shows/{show_id}/{route}", body, format="multipart", **headers)


def named(answer: Any) -> list[str]:
    assert answer.headers["Content-Type"] == "application/problem+json"
    return [error["field"] for error in answer.json()["errors"]]


@pytest.mark.smoke
def test_a_coordinator_imports_a_table(coordinator: APIClient, show: Show) -> None:
    answer = send(coordinator, show.pk, "shots/import", TABLE)
    assert (answer.status_code, Shot.objects.count()) == (200, 2)
    assert [*answer.json()] == [
        *("dry_run", "created", "updated", "unchanged", "failed", "rows", "ignored_columns"),
    ]


@pytest.mark.smoke
def test_a_coordinator_imports_a_cut(coordinator: APIClient, show: Show) -> None:
    answer = send(coordinator, show.pk, "timeline?rate=25&sequence=SQ010", CUT)
    assert (answer.status_code, answer.json()["sequence"], answer.json()["rate"]) == (200, "SQ010", 25)
    assert Shot.objects.get().frame_end == 24


@pytest.mark.parametrize(("route", "text"), [("shots/import", f"{TABLE}S Q,1\n"), ("timeline", BAD_CUT)])
def test_bad_rows_are_a_problem_with_the_answers_keys(
    coordinator: APIClient, show: Show, route: str, text: str
) -> None:
    answer = send(coordinator, show.pk, route, text)
    body = answer.json()
    assert (answer.status_code, body["status"], body["code"], body["failed"]) == (400, 400, "rows_refused", 1)
    assert (named(answer), body["rows"][-1]["action"], Shot.objects.count()) == ([], "failed", 0)


@pytest.mark.parametrize(("route", "text"), [("shots/import", f"{TABLE}S Q,1\n"), ("timeline", BAD_CUT)])
def test_the_query_asks_for_the_good_rows(coordinator: APIClient, show: Show, route: str, text: str) -> None:
    answer = send(coordinator, show.pk, f"{route}?partial=true", text)
    assert (answer.status_code, answer.json()["failed"]) == (200, 1)
    assert Shot.objects.count() == answer.json()["created"] > 0


@pytest.mark.parametrize(("route", "text"), [("shots/import", TABLE), ("timeline", CUT)])
def test_the_query_asks_for_a_dry_run(coordinator: APIClient, show: Show, route: str, text: str) -> None:
    answer = send(coordinator, show.pk, f"{route}?dry_run=true", text)
    assert (answer.status_code, answer.json()["dry_run"], Shot.objects.count()) == (200, True, 0)


def test_the_query_chooses_the_mode(coordinator: APIClient, show: Show) -> None:
    answers = [send(coordinator, show.pk, "shots/import?mode=upsert", TABLE) for _ in range(2)]
    assert [answer.json()["created"] for answer in answers] == [2, 0]
    assert answers[1].json()["unchanged"] == 2


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("shots/import?mode=replace", "mode"),
        ("shots/import?dry_run=maybe", "dry_run"),
        ("shots/import?dry_run=", "dry_run"),
        ("shots/import?partial=2", "partial"),
        ("shots/import?dryrun=true", "dryrun"),
        ("shots/import?rate=25", "rate"),
        ("timeline?rate=fast", "rate"),
        ("timeline?rate=26", "rate"),
        ("timeline?rate=nan", "rate"),
        ("timeline?sequence=S%20Q", "sequence"),
        ("timeline?sequence=SQ%0A", "sequence"),
        ("timeline?sequence=", "sequence"),
        ("timeline?mode=create", "mode"),
    ],
)
def test_a_bad_query_is_refused_by_name(coordinator: APIClient, show: Show, query: str, field: str) -> None:
    answer = send(coordinator, show.pk, query, CUT)
    assert (answer.status_code, named(answer), Shot.objects.count()) == (400, [field], 0)


@pytest.mark.parametrize("route", ROUTES)
@pytest.mark.parametrize("text", ["", " ", "\x00", "nonsense\n", '"'])
def test_a_file_that_cannot_be_read_is_refused(coordinator: APIClient, show: Show, route: str, text: str) -> None:
    answer = send(coordinator, show.pk, route, text)
    assert (answer.status_code, named(answer)) == (400, ["file"])


@pytest.mark.parametrize("route", ROUTES)
@pytest.mark.parametrize(("body", "field"), [({}, "file"), ({"file": "text"}, "file"), ({"f": "x"}, "f")])
def test_a_form_without_a_file_is_refused(
    coordinator: APIClient, show: Show, route: str, body: dict[str, str], field: str
) -> None:
    answer = coordinator.post(f"/api/v1/shows/{show.pk}/{route}", body, format="multipart")
    assert (answer.status_code, named(answer)) == (400, [field])


@pytest.mark.parametrize("route", ROUTES)
def test_only_forms_bring_files(coordinator: APIClient, show: Show, route: str) -> None:
    answer: Any = coordinator.post(f"/api/v1/shows/{show.pk}/{route}", {"file": TABLE}, format="json")
    assert (answer.status_code, named(answer)) == (415, [])


@pytest.mark.parametrize("route", ROUTES)
def test_a_broken_form_is_refused(coordinator: APIClient, show: Show, route: str) -> None:
    url = f"/api/v1/shows/{show.pk}/{route}"
    answer: Any = coordinator.generic("POST", url, "x", content_type="multipart/form-data; boundary=")
    assert answer.status_code == 400


@pytest.mark.parametrize("route", ROUTES)
def test_a_file_that_is_too_large_is_refused(
    coordinator: APIClient, show: Show, settings: LazySettings, route: str
) -> None:
    settings.IMPORT_MAX_BYTES = 10
    answer = send(coordinator, show.pk, route, TABLE)
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")


@pytest.mark.parametrize("route", ROUTES)
def test_an_unknown_show_is_not_found(coordinator: APIClient, db: None, route: str) -> None:
    assert send(coordinator, 987654321, route, TABLE).status_code == 404


@pytest.mark.security
@pytest.mark.parametrize("route", ROUTES)
@pytest.mark.parametrize(("role", "status"), [("artist", 403), ("supervisor", 403), ("clerk", 403), ("producer", 200)])
def test_who_runs_shows_imports(
    client_of: Callable[..., APIClient], show: Show, route: str, role: str, status: int
) -> None:
    assert (
        send(client_of(role), show.pk, f"{route}?partial=true", CUT if route == "timeline" else TABLE).status_code
        == status
    )


@pytest.mark.parametrize(("route", "text"), [("shots/import", TABLE), ("timeline", CUT)])
def test_a_repeated_request_with_one_key_imports_once(
    coordinator: APIClient, show: Show, route: str, text: str
) -> None:
    answers = [send(coordinator, show.pk, route, text, HTTP_IDEMPOTENCY_KEY="once").json() for _ in range(2)]
    assert answers[0] == answers[1]
    assert answers[0]["created"] == Shot.objects.count()
