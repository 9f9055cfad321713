from collections.abc import Iterator
from typing import Any

import pytest
from rest_framework.test import APIClient

from config.accounts.roles import ROLES
from config.tests.fixtures import signed_client, undone
from config.tests.rights import ANYONE, EXPECTED
from config.tests.routes import Route, all_routes
from config.tests.world import ids_of

pytestmark = pytest.mark.security
# Refusals that say nothing about rights: a wrong password is a 401 for everybody.
ABOUT_INPUT = {"/auth/login", "/auth/token", "/auth/refresh"}


def test_the_table_names_every_route_and_no_other() -> None:
    assert {str(route) for route in all_routes()} == EXPECTED.keys()


def test_the_table_speaks_of_every_role() -> None:
    assert set(ROLES) | {"anyone", "member", "admin"} == ANYONE


@pytest.fixture
def db(kept: None) -> Iterator[None]:
    with undone():
        yield


@pytest.fixture(scope="module", params=sorted(ANYONE))
def caller(request: pytest.FixtureRequest, kept: None) -> tuple[str, APIClient, dict[str, Any]]:
    """A role, a client of it, and the ids of rows that are the client's own where they can be."""
    client = signed_client(request.param)
    return request.param, client, ids_of(getattr(client, "user", None))


@pytest.mark.parametrize("route", all_routes(), ids=str)
def test_a_role_may_do_what_the_table_says_and_no_more(
    route: Route, caller: tuple[str, APIClient, dict[str, Any]], db: None
) -> None:
    role, client, ids = caller
    status = client.generic(route.method, route.url(ids), "{}", content_type="application/json").status_code
    if role in EXPECTED[str(route)]:
        assert status not in (401, 403, 404, 405), status
    else:
        assert status == (401 if role == "anyone" else 403)
