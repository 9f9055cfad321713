from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from unittest import mock

import pytest
from django.db import DataError, IntegrityError, OperationalError
from django.test import Client
from django.utils import timezone
from rest_framework.test import APIClient

from pipeline.models import Pulse
from pipeline.tests.factories import OutboxEventFactory
from shows.models import Show
from shows.services import shows
from shows.tests.factories import ReviewFactory, ShotFactory, ShowFactory

KEYS = {"type", "title", "status", "detail", "code", "errors", "request_id"}
SHOWS = "/api/v1/shows"


@pytest.fixture
def producer(client_of: Callable[..., APIClient]) -> APIClient:
    return client_of("producer")


@pytest.mark.parametrize(
    "path", ["/api/nothing", "/api/v1/nothing", "/api/v1/shots/x", "/api/v1/shots/99999999999999999999"]
)
def test_an_unknown_address_of_the_api_is_a_problem(path: str, client: Client, db: None) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")
    assert answer.json().keys() >= KEYS


@pytest.mark.regression
@pytest.mark.parametrize("microsecond", [0, 5, 653000, 120, 999999])
def test_a_time_reads_alike_by_itself_and_in_a_list(microsecond: int, producer: APIClient) -> None:
    show = ShowFactory()
    Show.objects.update(created_at=datetime(2026, 5, 6, 7, 8, 9, microsecond, UTC))
    listed, read = producer.get(SHOWS).json()["results"][0], producer.get(f"{SHOWS}/{show.pk}").json()
    assert listed["created_at"] == read["created_at"]


def test_an_unknown_page_is_a_page_with_the_request_id(client: Client, db: None) -> None:
    answer = client.get("/nothing/", headers={"X-Request-ID": "abc-1"})
    assert (answer.status_code, answer["Content-Type"]) == (404, "text/html; charset=utf-8")
    assert b"abc-1" in answer.content


def test_nobody_signed_in_is_a_401_with_a_challenge(client: Client, db: None) -> None:
    answer = client.get(SHOWS)
    assert (answer.status_code, answer["WWW-Authenticate"]) == (401, 'Bearer realm="api"')


def test_a_method_that_there_is_not_is_a_405(producer: APIClient) -> None:
    answer = producer.put(f"{SHOWS}/{ShowFactory().pk}", {})
    assert (answer.status_code, answer["Allow"]) == (405, "GET, PATCH, DELETE, HEAD, OPTIONS")


@pytest.mark.security
@pytest.mark.parametrize(
    ("error", "status"),
    [(IntegrityError("SECRET"), 409), (DataError("SECRET"), 400), (OperationalError("SECRET"), 503),
     (RuntimeError("SECRET"), 500)],
)  # fmt: skip
def test_what_nobody_foresaw_shows_no_words_of_the_machine(error: Exception, status: int, producer: APIClient) -> None:
    with mock.patch.object(shows, "create_show", side_effect=error):
        answer = producer.post(SHOWS, {"title": "Neon", "code": "NEON"})
    assert (answer.status_code, answer.json().keys()) == (status, KEYS)
    assert b"SECRET" not in answer.content


@pytest.mark.security
@pytest.mark.parametrize("sent", ["", "a b", "x" * 129, "a\u00e9"])
def test_a_request_id_that_could_break_a_log_is_replaced(sent: str, client: Client) -> None:
    answer = client.get("/health", headers={"X-Request-ID": sent})
    assert len(answer["X-Request-ID"]) == 32


def test_a_detail_carries_a_strong_tag_of_its_version(producer: APIClient) -> None:
    show = ShowFactory()
    Show.objects.filter(pk=show.pk).update(title="Later")
    assert producer.get(f"{SHOWS}/{show.pk}")["ETag"] == '"2"'


@pytest.mark.parametrize("tag", ['"1"', 'W/"1"', "*"])
def test_a_change_of_what_was_read_is_made(tag: str, producer: APIClient) -> None:
    answer = producer.patch(f"{SHOWS}/{ShowFactory().pk}", {"title": "Later"}, headers={"If-Match": tag})
    assert (answer.status_code, answer["ETag"]) == (200, '"2"')


@pytest.mark.parametrize("tag", ['"2"', '"x"', "1", '""'])
def test_a_change_of_what_somebody_changed_is_a_412(tag: str, producer: APIClient) -> None:
    show = ShowFactory()
    answer = producer.patch(f"{SHOWS}/{show.pk}", {"title": "Later"}, headers={"If-Match": tag})
    assert (answer.status_code, answer.json()["current_version"]) == (412, 1)
    assert Show.objects.get().title == show.title


def test_a_change_that_changes_nothing_leaves_the_version(producer: APIClient) -> None:
    show = ShowFactory()
    assert producer.patch(f"{SHOWS}/{show.pk}", {"title": show.title})["ETag"] == '"1"'


def test_a_conditional_get_is_answered_in_full(producer: APIClient) -> None:
    answer = producer.get(f"{SHOWS}/{ShowFactory().pk}", headers={"If-None-Match": '"1"'})
    assert (answer.status_code, bool(answer.content)) == (200, True)


def test_health_touches_nothing(client: Client) -> None:
    assert client.get("/health").json() == {"status": "ok"}


def test_readiness_names_each_part(client: Client, db: None) -> None:
    Pulse.objects.create(name="sweep", at=timezone.now())
    answer = client.get("/health/ready").json()
    assert (answer["status"], answer["checks"].keys()) == (
        "ok",
        {"postgresql", "redis", "workers", "outbox", "elasticsearch"},
    )
    assert answer["checks"]["redis"].keys() == {"status", "latency_ms", "detail"}


def test_without_redis_the_rest_goes_on(client: Client, db: None, settings: Any) -> None:
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    answer = client.get("/health/ready")
    assert (answer.status_code, answer.json()["status"]) == (200, "degraded")
    assert answer.json()["checks"]["redis"]["status"] == "down"


@pytest.mark.parametrize("seconds", [None, 20])
def test_without_a_worker_it_is_degraded(client: Client, db: None, seconds: int | None) -> None:
    if seconds:
        Pulse.objects.create(name="sweep", at=timezone.now() - timedelta(seconds=seconds))
    answer = client.get("/health/ready")
    assert (answer.status_code, answer.json()["checks"]["workers"]["status"]) == (200, "degraded")


@pytest.mark.parametrize(
    ("event", "status"),
    [
        ({}, "ok"),
        ({"dead_at": timezone.now()}, "degraded"),
        ({"created_at": timezone.now() - timedelta(hours=1)}, "degraded"),
        ({"created_at": timezone.now() - timedelta(hours=1), "next_try_at": timezone.now() + timedelta(days=1)}, "ok"),
    ],
)
def test_events_that_wait_too_long_or_are_dead_are_told(
    client: Client, db: None, event: dict[str, Any], status: str
) -> None:
    OutboxEventFactory(**event)
    assert client.get("/health/ready").json()["checks"]["outbox"]["status"] == status


def test_without_the_database_it_is_down(client: Client, db: None) -> None:
    with mock.patch("config.health.connection.cursor", side_effect=OperationalError("SECRET")):
        answer = client.get("/health/ready")
    assert (answer.status_code, answer.json()["status"]) == (503, "down")
    assert b"SECRET" not in answer.content


def test_a_browser_gets_pages_whose_forms_work(client_of: Callable[..., APIClient]) -> None:
    client = client_of("coordinator")
    show = ShowFactory()
    page = client.get(f"{SHOWS}/{show.pk}", headers={"Accept": "text/html"}).content.decode()
    assert f'value="{show.title}"' in page
    assert 'data-method="PATCH"' in page
    assert "PUT" not in page


@pytest.mark.parametrize(
    "url", ["/api/v1", "/api/v1/shows", "/api/v1/shots/{}", "/api/v1/shots/{}/reviews", "/api/v1/shots?q=a"]
)
def test_every_kind_of_answer_has_a_page(url: str, producer: APIClient) -> None:
    shot = ReviewFactory(shot=ShotFactory()).shot_id
    answer = producer.get(url.format(shot), headers={"Accept": "text/html"})
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/html; charset=utf-8")


def test_a_form_of_the_browser_creates_and_changes(producer: APIClient) -> None:
    made = producer.post(SHOWS, {"title": "Neon", "code": "NEON", "csrfmiddlewaretoken": "x"}, format="multipart")
    assert made.status_code == 201
    changed = producer.patch(made["Location"], {"title": "Later", "csrfmiddlewaretoken": "x"}, format="multipart")
    assert changed.json()["title"] == "Later"


def test_a_form_of_the_browser_sends_lists_and_nested_values(producer: APIClient) -> None:
    shot = ShotFactory()
    answer = producer.post("/api/v1/shots/bulk", {"ids": [shot.pk], "set.status": "final"}, format="multipart")
    assert answer.json() == {"results": [{"id": shot.pk, "ok": True, "errors": []}]}


def test_the_index_leads_to_the_lists_that_the_caller_may_read(producer: APIClient, client: Client) -> None:
    assert producer.get("/api/v1").json()["shots"] == "http://testserver/api/v1/shots"
    assert "shots" not in client.get("/api/v1").json()


def test_a_session_needs_the_token_against_forgery(client_of: Callable[..., APIClient]) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(client_of("producer").user, "config.accounts.backends.AccountBackend")  # type: ignore[attr-defined]
    assert browser.get(SHOWS).status_code == 200
    assert browser.post(SHOWS, {"title": "a", "code": "A"}, content_type="application/json").status_code == 403
