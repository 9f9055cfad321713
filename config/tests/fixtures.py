import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import transaction
from elasticsearch import Elasticsearch
from rest_framework.test import APIClient

from config.accounts.models import User
from config.accounts.services import start_family
from config.accounts.tests.factories import UserFactory
from pipeline.search import engine


@pytest.fixture
def client_of(db: None) -> Callable[..., APIClient]:
    """`client_of("artist")`: an API client of a new user of that role; `user=` for a known one."""
    return signed_client


@contextmanager
def undone() -> Iterator[None]:
    """Undoes at the end what was written meanwhile."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def kept(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """For rows that the tests of a module share, which replaces `db` by one that undoes what a single test wrote."""
    with django_db_blocker.unblock(), undone():
        yield


def signed_client(role: str = "member", *, user: User | None = None) -> APIClient:
    """A client with the access token of `user`, or of a new user of that role.

    The roles are the studio's, and `anyone` (nobody signed in), `member` (an account without a role) and `admin`.
    """
    client = APIClient()
    if role != "anyone":
        caller = user or user_of(role)
        token = start_family(caller).access_token
        client.credentials(HTTP_AUTHORIZATION=f"Bearer {token}")
        client.user = caller  # type: ignore[attr-defined]
    return client


def user_of(role: str) -> User:
    if role == "admin":
        return UserFactory.create(is_superuser=True)
    return UserFactory.create(roles=[] if role == "member" else [role])


@pytest.fixture
def search_engine(settings: Any) -> Iterator[Elasticsearch]:
    """The real search engine, with indexes of this test's own."""
    url = os.environ["BACKLOT_TEST_ELASTICSEARCH"]
    if not url:
        pytest.skip("Needs a real search engine: start one and set ELASTICSEARCH_URL.")
    settings.ELASTICSEARCH_URL = url
    settings.ELASTICSEARCH_TIMEOUT = 5
    settings.ELASTICSEARCH_PREFIX = f"test-{os.getpid()}"
    engine.circuit.close()
    client = engine.writer()
    yield client
    engine.circuit.close()
    client.indices.delete(index=f"{settings.ELASTICSEARCH_PREFIX}-*")
