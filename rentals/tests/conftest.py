import pytest

from config.accounts.models import User
from config.accounts.tests.factories import UserFactory


@pytest.fixture
def clerk(db: None) -> User:
    return UserFactory.create(roles=["clerk"])


@pytest.fixture
def producer(db: None) -> User:
    return UserFactory.create(roles=["producer"])
