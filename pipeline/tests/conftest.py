from collections.abc import Callable

import pytest

from config.accounts.models import User
from config.accounts.tests.factories import UserFactory
from pipeline import broker
from pipeline.models import Job, JobStatus
from pipeline.runner import run_step
from pipeline.tests.factories import JobFactory


@pytest.fixture
def member(db: None) -> User:
    return UserFactory.create()


@pytest.fixture
def somebody(transactional_db: None) -> User:
    """An account in a test whose transactions commit."""
    return UserFactory.create()


@pytest.fixture
def coordinator(db: None) -> User:
    return UserFactory.create(roles=["coordinator"])


@pytest.fixture
def artist(db: None) -> User:
    return UserFactory.create(roles=["artist"])


@pytest.fixture
def job(member: User) -> Job:
    return JobFactory(created_by=member, state=JobStatus.IN_PROGRESS)


@pytest.fixture
def run_through() -> Callable[[Job], list[str]]:
    """Runs every step of a job as workers would, and answers how each ended."""

    def run(job: Job) -> list[str]:
        return [run_step(job.job_id, position, worker="w1") for position in range(job.steps_count)]

    return run


@pytest.fixture
def broker_down(monkeypatch: pytest.MonkeyPatch) -> None:
    """The broker does not answer, and that is known already."""
    monkeypatch.setattr(broker.circuit, "closed_again_at", float("inf"))
