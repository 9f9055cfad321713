import pytest

from config.accounts.models import User
from config.accounts.tests.factories import UserFactory


@pytest.fixture
def clerk(db: None) -> User:
    return UserFactory.create(roles=["clerk"])


@pytest.fixture
def artist(db: None) -> User:
    return UserFactory.create(roles=["artist"])
