"""What holds for every list and every GET of the API, whichever app brings it."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from config.tests.fixtures import signed_client, undone
from config.tests.routes import Route, all_routes
from config.tests.world import ids_of, many_rows

ROUTES = all_routes()
GETS = [route for route in ROUTES if route.method == "GET"]
LISTS = [route for route in GETS if route.action == "list"]
MORE = 12


@pytest.fixture
def db(kept: None) -> Iterator[None]:
    with undone():
        yield


@pytest.fixture(scope="module")
def world(kept: None) -> tuple[APIClient, dict[str, Any]]:
    """An admin, and the ids of a world of many rows, the admin's own where they can be."""
    client: Any = signed_client("admin")
    ids = ids_of(client.user)
    many_rows(ids, MORE)
    return client, ids


@pytest.fixture
def admin(world: tuple[APIClient, dict[str, Any]], db: None) -> APIClient:
    return world[0]


@pytest.fixture
def ids(world: tuple[APIClient, dict[str, Any]]) -> dict[str, Any]:
    return world[1]


def queries_and_rows(client: APIClient, url: str) -> tuple[int, int]:
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(url)
    assert answer.status_code == 200, answer.content
    return len(queries), len(rows_in(answer.json()))


def rows_in(body: dict[str, Any]) -> list[Any]:
    """The rows of a list, by whatever name its envelope calls them."""
    [rows] = [value for value in body.values() if isinstance(value, list)]
    return rows


def most_of(route: Route) -> int:
    return getattr(route.view.pagination_class, "most", 200)


@pytest.mark.performance
@pytest.mark.parametrize("route", LISTS, ids=str)
def test_a_list_asks_the_same_number_of_queries_whatever_its_length(
    route: Route, admin: APIClient, ids: dict[str, Any]
) -> None:
    few, one = queries_and_rows(admin, f"{route.url(ids)}?limit=1")
    many, all_of_them = queries_and_rows(admin, f"{route.url(ids)}?limit={most_of(route)}")
    assert (one, many) == (1, few)
    assert all_of_them >= MORE


@pytest.mark.parametrize("query", ["limit=0", "limit=201", "limit=x", "no_such_parameter=1"])
@pytest.mark.parametrize("route", LISTS, ids=str)
def test_a_list_refuses_a_bad_parameter_by_name(
    route: Route, query: str, admin: APIClient, ids: dict[str, Any]
) -> None:
    answer = admin.get(f"{route.url(ids)}?{query}")
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["field"] == query.partition("=")[0]


@pytest.mark.parametrize("route", GETS, ids=str)
def test_a_get_refuses_an_unknown_parameter(route: Route, admin: APIClient, ids: dict[str, Any]) -> None:
    assert admin.get(f"{route.url(ids)}?no_such_parameter=1").status_code == 400


@pytest.mark.parametrize("route", LISTS, ids=str)
def test_a_list_comes_as_csv_with_all_its_rows(route: Route, admin: APIClient, ids: dict[str, Any]) -> None:
    answer = admin.get(f"{route.url(ids)}?format=csv")
    lines = b"".join(answer.streaming_content).decode().splitlines()  # type: ignore[attr-defined]
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert len(lines) > MORE


@pytest.mark.parametrize("route", LISTS, ids=str)
def test_a_list_answers_a_trailing_slash_too(route: Route, admin: APIClient, ids: dict[str, Any]) -> None:
    query = f"?limit={most_of(route)}"
    assert admin.get(f"{route.url(ids)}/{query}").json() == admin.get(f"{route.url(ids)}{query}").json()


@pytest.mark.parametrize("route", [route for route in GETS if "format" not in route.path], ids=str)
def test_a_get_carries_a_request_id_and_a_policy(route: Route, admin: APIClient, ids: dict[str, Any]) -> None:
    answer = admin.get(route.url(ids), headers={"X-Request-ID": "abc-1"})
    assert answer["X-Request-ID"] == "abc-1"
    assert "default-src 'none'" in answer["Content-Security-Policy"]


@pytest.mark.parametrize("route", [r for r in GETS if r.action == "retrieve"], ids=str)
def test_a_detail_of_a_row_that_is_not_there_is_a_problem(route: Route, admin: APIClient) -> None:
    answer = admin.get(route.url(dict.fromkeys(ids_of(), 987654321)))
    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")
