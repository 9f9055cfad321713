import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from rest_framework.test import APIClient

from config.accounts.services import seed_demo_accounts
from config.api.examples import BODIES
from config.api.index import document
from config.tests.fixtures import signed_client, undone
from config.tests.world import ids_of

OPERATIONS = {
    operation["operationId"]: (method, path, operation)
    for path, operations in document()["paths"].items()
    for method, operation in operations.items()
}


@pytest.fixture
def db(kept: None) -> Iterator[None]:
    with undone():
        yield


@pytest.fixture(scope="module")
def world(kept: None) -> tuple[APIClient, dict[str, Any], dict[str, Any]]:
    """An admin in a studio that has a demo, the ids of its rows, and the schema that is served about them."""
    seed_demo_accounts()
    admin: Any = signed_client("admin")
    ids = ids_of(admin.user)
    return admin, ids, admin.get("/api/schema?format=json").json()


def test_the_schema_is_served_as_openapi_3_1(world: Any) -> None:
    *_, served = world
    assert served["openapi"].startswith("3.1")
    assert served["paths"].keys() == document()["paths"].keys()


@pytest.mark.parametrize("name", OPERATIONS)
def test_an_operation_says_what_it_is_who_may_and_how_it_refuses(name: str) -> None:
    _, _, operation = OPERATIONS[name]
    assert operation["summary"]
    assert operation["x-permissions"]
    assert {"400", "401", "503"} <= operation["responses"].keys()


def test_the_schema_signs_in_by_password() -> None:
    flows = [scheme.get("flows", {}) for scheme in document()["components"]["securitySchemes"].values()]
    assert {"password": {"tokenUrl": "/api/v1/auth/token", "scopes": {}}} in flows


@pytest.mark.parametrize("name", BODIES)
def test_the_body_of_an_example_works(name: str, world: Any, db: None) -> None:
    admin, ids, served = world
    method, path, _ = OPERATIONS[name]
    operation = served["paths"][path][method]
    url = re.sub(r"/([a-z-]+)/\{\w+\}", lambda found: f"/{found[1]}/{ids[found[1]]}", path)
    body = operation["requestBody"]["content"]["application/json"]["example"]
    answer = admin.generic(method.upper(), url, admin._encode_data(body, "json")[0], content_type="application/json")
    assert 200 <= answer.status_code < 300, answer.content


@pytest.mark.parametrize("page", ["/api/docs", "/api/redoc", "/api/docs?script="])
@pytest.mark.security
def test_the_manuals_ask_no_other_host(page: str, client: Client) -> None:
    assert b"https://" not in client.get(page).content
