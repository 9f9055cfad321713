"""Which statements an endpoint runs, taken down while it runs them."""

import orjson
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench.endpoints import Endpoint

# The bare application opens its transactions by itself.
FRAMING = ("BEGIN", "COMMIT", "ROLLBACK")
# One for all: each new one sets all middleware up again, which takes longer than most answers.
CLIENT = Client()


def taken_down(endpoint: Endpoint, headers: dict[str, str]) -> list[str]:
    """The statements of one call, their values in them; the first calls warm what is kept between requests."""
    for _ in range(2):
        call(endpoint, headers)
    with CaptureQueriesContext(connection) as captured:
        call(endpoint, headers)
    return [query["sql"] for query in captured.captured_queries if not query["sql"].startswith(FRAMING)]


def call(endpoint: Endpoint, headers: dict[str, str]) -> None:
    body = orjson.dumps(endpoint.body) if endpoint.body else b""
    given = headers | {"Host": "localhost"}
    CLIENT.cookies.clear()
    answer = CLIENT.generic(endpoint.method, endpoint.path, body, "application/json", headers=given)
    if answer.status_code >= 300:
        raise SystemExit(f"{endpoint.method} {endpoint.path} answered {answer.status_code}: {answer.content!r}")
