from collections.abc import Callable

import pytest
from rest_framework.test import APIClient

from config.accounts.models import User
from config.accounts.services import start_family
from config.accounts.tests.factories import UserFactory


@pytest.fixture
def client_of(db: None) -> Callable[..., APIClient]:
    """`client_of("artist")`: an API client with the access token of a new user of that role; `user=` for a known one.

    The roles are the studio's, and `anyone` (nobody signed in), `member` (an account without a role) and `admin`.
    """

    def made(role: str = "member", *, user: User | None = None) -> APIClient:
        client = APIClient()
        if role != "anyone":
            caller = user or user_of(role)
            token = start_family(caller).access_token
            client.credentials(HTTP_AUTHORIZATION=f"Bearer {token}")
            client.user = caller  # type: ignore[attr-defined]
        return client

    return made


def user_of(role: str) -> User:
    if role == "admin":
        return UserFactory.create(is_superuser=True)
    return UserFactory.create(roles=[] if role == "member" else [role])
