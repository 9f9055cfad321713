from collections.abc import Callable
from typing import Any

import pytest
from rest_framework.test import APIClient

from config.demo.api import SeededSerializer
from shows.models import Show

SEED = "/api/v1/seed"
ClientOf = Callable[..., APIClient]


@pytest.mark.smoke
def test_an_administrator_seeds_the_demo_and_reads_what_was_made(client_of: ClientOf) -> None:
    answer = client_of("admin").post(SEED)
    assert (answer.status_code, answer.json().keys()) == (200, SeededSerializer().fields.keys())
    assert answer.json()["shows"] == Show.objects.count() >= 3


def test_an_empty_object_seeds_too(client_of: ClientOf) -> None:
    assert client_of("admin").post(SEED, {}).status_code == 200


@pytest.mark.parametrize("body", [{"scale": 10}, [], [1]])
def test_there_is_nothing_to_choose(client_of: ClientOf, body: object) -> None:
    answer = client_of("admin").post(SEED, body)
    assert (answer.status_code, Show.objects.exists()) == (400, False)


@pytest.mark.security
@pytest.mark.parametrize("role", ["producer", "coordinator", "member"])
def test_nobody_else_seeds(client_of: ClientOf, role: str) -> None:
    assert client_of(role).post(SEED).status_code == 403
    assert not Show.objects.exists()


@pytest.mark.security
def test_outside_the_local_default_nobody_seeds(client_of: ClientOf, settings: Any) -> None:
    settings.IS_LOCAL = False
    answer = client_of("admin").post(SEED)
    assert (answer.status_code, answer.json()["code"]) == (403, "local_only")
    assert not Show.objects.exists()
