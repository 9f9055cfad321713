"""The API's door to answers."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from rest_framework.test import APIClient

from catalog.tests.factories import FilmFactory

pytestmark = [pytest.mark.django_db, pytest.mark.integration]
ASK = "/api/v1/ai/ask"


def test_a_server_of_threads_alone_tells_the_same() -> None:
    film = FilmFactory(title="Brine", length=92)
    answer: Any = APIClient().get(ASK, {"question": "How long is Brine?"})
    events = b"".join(answer.streaming_content).decode().strip().split("\n\n")
    assert [event.split("\n")[0] for event in events] == ["event: start", *["event: message"] * 2, "event: complete"]
    assert "Brine is 92 minutes long." in events[1]
    assert json.loads(events[-1].partition("data: ")[2])["sources"] == [film.pk]


def test_a_question_that_is_none_is_refused_by_name() -> None:
    client = APIClient()
    for query in ({}, {"question": ""}, {"question": "   "}, {"question": "a" * 501}, {"question": "a\0"}):
        answer = client.get(ASK, query)
        assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, "question")
    assert client.get(ASK, {"question": "x", "model": "y"}).json()["errors"][0]["field"] == "model"
    assert client.post(ASK, {}).status_code == 405


def test_who_wants_the_headers_alone_has_nothing_looked_up(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        answer = APIClient().head(ASK, {"question": "How many films are there?"})
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "text/event-stream; charset=utf-8")


@pytest.mark.security
def test_the_log_of_requests_does_not_hold_the_question(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level("INFO"):
        APIClient().get(ASK, {"question": "films about my neighbour"})
    assert "neighbour" not in "".join(str(record.msg) for record in caplog.records)


@pytest.mark.security
def test_accounts_at_one_address_are_limited_one_by_one(
    client_of: Callable[..., APIClient], monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "limits"}}
    monkeypatch.setattr("catalog.api.answers.AskView.throttles", {"get": ("ask", 1, 60)})
    clients = [APIClient(), client_of("member"), client_of("clerk")]
    assert [client.get(ASK, {"question": "hi"}).status_code for client in clients * 2] == [200] * 3 + [429] * 3
