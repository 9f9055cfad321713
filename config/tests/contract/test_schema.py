"""What the schema says, the API does: hostile and random calls of every operation, by schemathesis."""

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.conf import settings as studio
from django.core import signals
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, settings
from schemathesis.checks import CHECKS, load_all_checks

from catalog.tests.library.server import answer, serving
from config.api.index import document
from config.tests.fixtures import signed_client, undone
from config.tests.world import ids_of
from config.wsgi import application

load_all_checks()
EXAMPLES = 25
# Loads the whole demo at each call.
SLOW = "/api/v1/seed"
FEW = settings(
    deadline=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
PROMISES = ("not_a_server_error", "status_code_conformance", "content_type_conformance", "response_schema_conformance")
SIGNED_OUT = ("/api/v1/auth/",)

# Loaded without a request, because no database is there yet.
schema = schemathesis.openapi.from_dict(document())
schema.app = application


@pytest.fixture(scope="module")
def kept_connection(kept: None) -> Iterator[None]:
    """The real WSGI application would close the connection that holds the tests' transaction."""
    for sent in (signals.request_started, signals.request_finished):
        sent.disconnect(close_old_connections)
    yield
    for sent in (signals.request_started, signals.request_finished):
        sent.connect(close_old_connections)


@pytest.fixture(scope="module")
def sources() -> Iterator[None]:
    """Nobody is asked on the network: one source on this machine knows no medium, and the others have no keys."""
    with serving() as server, pytest.MonkeyPatch.context() as patch:
        server.says(answer({}, 404))
        server.says(answer({"totalItems": 0}), path="/volumes?")
        patch.setattr(studio, "GOOGLE_BOOKS_URL", server.url)
        for name in ("TMDB_API_KEY", "IGDB_CLIENT_ID", "LASTFM_API_KEY"):
            patch.setattr(studio, name, "")
        yield


@pytest.fixture(scope="module")
def world(kept_connection: None, sources: None) -> tuple[dict[str, str], dict[str, Any]]:
    """An admin's headers, and ids that lead somewhere."""
    client: Any = signed_client("admin")
    return {"Authorization": client._credentials["HTTP_AUTHORIZATION"]}, ids_of(client.user)


@pytest.fixture
def db(kept: None) -> Iterator[None]:
    with undone():
        yield


def aim(case: Any, ids: dict[str, Any]) -> None:
    """Leads two of three random calls to rows that are there."""
    collection = case.path.removeprefix("/api/v1/").split("/")[0]
    for name, value in (case.path_parameters or {}).items():
        if collection in ids and hash(str(value)) % 3:
            case.path_parameters[name] = ids[collection]


def held_to_the_schema(case: Any, world: Any) -> None:
    headers, ids = world
    aim(case, ids)
    signed = {} if case.path.startswith(SIGNED_OUT) else headers
    assert case.call_and_validate(headers=signed, checks=CHECKS.get_by_names(PROMISES)).status_code < 500


@schema.exclude(path=SLOW).parametrize()
@settings(FEW, max_examples=EXAMPLES)
@pytest.mark.sanity
def test_an_operation_answers_as_the_schema_says(case: Any, world: Any, db: None) -> None:
    held_to_the_schema(case, world)


@schema.include(path=SLOW).parametrize()
@settings(FEW, max_examples=2)
@pytest.mark.sanity
def test_a_slow_operation_answers_as_the_schema_says(case: Any, world: Any, db: None) -> None:
    held_to_the_schema(case, world)
