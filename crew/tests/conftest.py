import pytest

from config.accounts.models import User
from config.accounts.tests.factories import UserFactory


@pytest.fixture
def producer() -> User:
    return UserFactory.create(roles=["producer"])


@pytest.fixture
def coordinator() -> User:
    return UserFactory.create(roles=["coordinator"])


@pytest.fixture
def supervisor() -> User:
    return UserFactory.create(roles=["supervisor"])
