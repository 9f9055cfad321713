from collections.abc import Callable
from typing import Any

import pytest
from rest_framework.test import APIClient

from shows.models import Shot
from shows.tests.factories import ReviewFactory, ShotFactory, ShowFactory


@pytest.fixture
def supervisor(client_of: Callable[..., APIClient]) -> APIClient:
    return client_of("supervisor")


def all_pages(client: APIClient, url: str | None, direction: str = "next") -> list[list[int]]:
    pages = []
    while url:
        answer: Any = client.get(url).json()
        pages.append([row["id"] for row in answer["results"]])
        url = answer[direction]
    return pages


def test_a_list_is_paged_by_limit_and_offset(supervisor: APIClient) -> None:
    shows = [ShowFactory().pk for _ in range(5)]
    assert all_pages(supervisor, "/api/v1/shows?limit=2") == [shows[:2], shows[2:4], shows[4:]]


def test_the_way_back_leads_to_the_first_page(supervisor: APIClient) -> None:
    shows = [ShowFactory().pk for _ in range(5)]
    pages = all_pages(supervisor, "/api/v1/shows?limit=2&offset=3", "previous")
    assert pages == [shows[3:], shows[1:3], shows[:2]]


def test_skip_is_another_name_of_offset(supervisor: APIClient) -> None:
    ShowFactory.create_batch(3)
    skipped = supervisor.get("/api/v1/shows?skip=2").json()["results"]
    assert skipped == supervisor.get("/api/v1/shows?offset=2").json()["results"]


@pytest.mark.parametrize("query", ["offset=1&skip=1", "offset=-1", "offset=9223372036854775807", "limit=", "limit=²"])
def test_a_page_that_cannot_be_is_refused(query: str, supervisor: APIClient) -> None:
    assert supervisor.get(f"/api/v1/shows?{query}").status_code == 400


def test_a_page_beyond_the_end_is_empty_and_still_counts(supervisor: APIClient) -> None:
    ShowFactory()
    answer = supervisor.get("/api/v1/shows?offset=1000000").json()
    assert (answer["count"], answer["results"], answer["next"]) == (1, [], None)


def test_a_feed_shows_the_newest_first_and_loses_none(supervisor: APIClient) -> None:
    shot = ShotFactory()
    reviews = [ReviewFactory(shot=shot).pk for _ in range(5)][::-1]
    pages = all_pages(supervisor, f"/api/v1/shots/{shot.pk}/reviews?limit=2")
    assert pages == [reviews[:2], reviews[2:4], reviews[4:]]


def test_a_feed_leads_back_to_what_is_newer(supervisor: APIClient) -> None:
    shot = ShotFactory()
    reviews = [ReviewFactory(shot=shot).pk for _ in range(5)][::-1]
    last = supervisor.get(f"/api/v1/shots/{shot.pk}/reviews?limit=2").json()["next"]
    last = supervisor.get(last).json()["next"]
    assert all_pages(supervisor, last, "previous") == [reviews[4:], reviews[2:4], reviews[:2]]


def test_a_feed_does_not_shift_when_a_row_comes_in_between(supervisor: APIClient) -> None:
    shot = ShotFactory()
    reviews = [ReviewFactory(shot=shot).pk for _ in range(4)][::-1]
    url = supervisor.get(f"/api/v1/shots/{shot.pk}/reviews?limit=2").json()["next"]
    ReviewFactory(shot=shot)
    assert all_pages(supervisor, url) == [reviews[2:]]


@pytest.mark.parametrize("cursor", ["", "x", "bzk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5", "bw", "b8Ky", "%00", "offset=1"])
def test_a_cursor_that_is_not_ours_is_refused(cursor: str, supervisor: APIClient) -> None:
    answer = supervisor.get(f"/api/v1/shots/{ShotFactory().pk}/history?cursor={cursor}")
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, "cursor")


def test_the_order_is_by_the_columns_asked_for_and_then_by_id(supervisor: APIClient) -> None:
    first, second, third = (ShotFactory(code=code, status=status) for code, status in
                            [("B", "final"), ("A", "final"), ("C", "approved")])  # fmt: skip
    rows = supervisor.get("/api/v1/shots?ordering=-status,code").json()["results"]
    assert [row["id"] for row in rows] == [second.pk, first.pk, third.pk]


@pytest.mark.parametrize(
    "ordering", ["", "password", "code,password", "--code", "sequence__show", "code,code,id,id,id"]
)
def test_an_order_that_is_not_offered_is_refused(ordering: str, supervisor: APIClient) -> None:
    answer = supervisor.get(f"/api/v1/shots?ordering={ordering}")
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, "ordering")


def csv_of(client: APIClient, url: str) -> list[str]:
    answer: Any = client.get(url)
    return b"".join(answer.streaming_content).decode().splitlines()


def test_csv_has_all_rows_unless_a_limit_is_sent(supervisor: APIClient) -> None:
    ShowFactory.create_batch(60)
    assert len(csv_of(supervisor, "/api/v1/shows?format=csv")) == 61
    assert len(csv_of(supervisor, "/api/v1/shows?format=csv&limit=3&offset=59")) == 2


def test_csv_names_the_parents_by_their_codes(supervisor: APIClient) -> None:
    shot = ShotFactory(code="0010")
    header, row = csv_of(supervisor, "/api/v1/shots?format=csv")
    assert header.startswith("id,show,sequence,code,status,")
    assert row.startswith(f"{shot.pk},{shot.show.code},{shot.sequence.code},0010,pending,")


@pytest.mark.security
@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@cmd", "'x", "\tx", "\rx"])
def test_csv_disarms_text_that_a_spreadsheet_would_run(text: str, supervisor: APIClient) -> None:
    Shot.objects.filter(pk=ShotFactory().pk).update(description=text)
    answer: Any = supervisor.get("/api/v1/shots?format=csv")
    assert f"'{text}" in b"".join(answer.streaming_content).decode()


@pytest.mark.parametrize("url", ["/api/v1/shots/{}?format=csv", "/api/v1/shots?format=xml", "/api/v1/shots?format="])
def test_a_form_that_there_is_not_is_refused_as_json(url: str, supervisor: APIClient) -> None:
    answer = supervisor.get(url.format(ShotFactory().pk))
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
