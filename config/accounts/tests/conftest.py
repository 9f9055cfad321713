from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.cache import cache
from rest_framework.test import APIClient

from config.accounts import services
from config.accounts.models import User
from config.accounts.tests.factories import UserFactory

SignIn = Callable[..., APIClient]


@pytest.fixture(autouse=True)
def _empty_cache() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def api() -> APIClient:
    """Nobody's client."""
    return APIClient()


@pytest.fixture
def user(db: Any) -> User:
    return UserFactory.create()


@pytest.fixture
def bearer() -> SignIn:
    """Makes a client that sends an access token of a user."""

    def sign_in(user: User) -> APIClient:
        client = APIClient()
        client.credentials(HTTP_AUTHORIZATION=f"Bearer {services.start_family(user).access_token}")
        return client

    return sign_in
