import pytest

from config.accounts.models import User
from config.accounts.tests.factories import UserFactory
from crew.models import Role
from crew.tests.factories import RoleFactory


@pytest.fixture
def producer() -> User:
    return UserFactory.create(roles=["producer"])


@pytest.fixture
def coordinator() -> User:
    return UserFactory.create(roles=["coordinator"])


@pytest.fixture
def supervisor() -> User:
    return UserFactory.create(roles=["supervisor"])


@pytest.fixture
def director() -> Role:
    role: Role = RoleFactory.create(name="Director")
    return role


@pytest.fixture
def actor() -> Role:
    role: Role = RoleFactory.create(name="Actor")
    return role
