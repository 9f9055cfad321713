from collections.abc import Callable

import pytest
from rest_framework.test import APIClient

from config.accounts.roles import ROLES
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


@pytest.mark.parametrize("role", sorted(ANYONE))
@pytest.mark.parametrize("route", all_routes(), ids=str)
def test_a_role_may_do_what_the_table_says_and_no_more(
    route: Route, role: str, client_of: Callable[..., APIClient]
) -> None:
    client = client_of(role)
    url = route.url(ids_of(getattr(client, "user", None)))
    status = client.generic(route.method, url, "{}", content_type="application/json").status_code
    if role in EXPECTED[str(route)]:
        assert status not in (401, 403, 404, 405), status
    else:
        assert status == (401 if role == "anyone" else 403)
