from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings as django_settings

from config.accounts.models import User
from config.accounts.tests.factories import UserFactory
from pipeline.tests.real.processes import LEASE_SECONDS, Studio, use_broker


@pytest.fixture
def works(transactional_db: None, settings: Any) -> Iterator[Studio]:
    """A Redis of its own, to which this process sends too, and what starts workers and a beat on the test database."""
    settings.PIPELINE_LEASE = timedelta(seconds=LEASE_SECONDS)
    studio = Studio()
    use_broker(f"redis+socket://{studio.broker.folder}/redis.sock?virtual_host=0")
    yield studio
    studio.stop()
    use_broker(django_settings.CELERY_BROKER_URL)


@pytest.fixture
def submitter(transactional_db: None) -> User:
    return UserFactory.create()


@pytest.fixture(scope="session")
def size(at_full_size: bool) -> int:
    """How many jobs: 200, or a tenth in every run."""
    return 200 if at_full_size else 20
