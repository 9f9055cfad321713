"""What workers and brokers lost is found, and workers that stop give back what they have."""

import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db.models.functions import Now

from pipeline import context, heart
from pipeline.context import Context
from pipeline.models import Attempt, Job, OutboxEvent, Pulse, Step
from pipeline.registry import STEPS
from pipeline.runner import run_step
from pipeline.services.running import Claim, claim_step
from pipeline.services.sweeping import MOST_LOSSES, PULSE, sweep

pytestmark = pytest.mark.django_db


@pytest.fixture
def claim(job: Job) -> Claim:
    found = claim_step(job.job_id, 0, worker="w1")
    assert found
    return found


@pytest.fixture
def stopping() -> Iterator[None]:
    """The worker is told to stop at the end of this test's first act."""
    yield
    context.stopping.clear()


@pytest.fixture
def working(monkeypatch: pytest.MonkeyPatch) -> Callable[[Any], None]:
    """Has the step add_5 do something else."""
    return lambda work: monkeypatch.setitem(STEPS, "add_5", replace(STEPS["add_5"], work=work))


def expire(job: Job) -> None:
    job.steps.filter(status="in_progress").update(lease_until=Now() - timedelta(seconds=1))


def dispatched(job: Job) -> int:
    return OutboxEvent.objects.filter(topic="job.dispatch", key=str(job.job_id)).count()


def test_the_step_of_a_lost_worker_has_its_turn_again(job: Job, claim: Claim) -> None:
    expire(job)
    sweep()
    job.refresh_from_db()

    assert (job.state, dispatched(job)) == ("stalled", 1)
    assert list(Attempt.objects.values_list("worker", "outcome")) == [("w1", "lost")]
    assert claim_step(job.job_id, 0, worker="w2")


def test_a_step_that_loses_worker_after_worker_ends_the_job(job: Job, claim: Claim) -> None:
    Step.objects.filter(pk=claim.step).update(losses=MOST_LOSSES - 1)
    expire(job)
    sweep()
    job.refresh_from_db()

    assert job.state == "error"
    assert f"{MOST_LOSSES} workers were lost" in job.steps.get(position=0).error


def test_a_step_that_no_worker_takes_makes_the_job_wait_and_is_sent_again_once(job: Job) -> None:
    Job.objects.update(updated_at=Now() - timedelta(seconds=31))
    sweep()
    sweep()
    job.refresh_from_db()

    assert (job.state, dispatched(job)) == ("pending", 1)
    assert job.changes.get().reason == "No worker took add_5 within 30 s."


def test_a_sweep_finds_nothing_where_all_goes_well_and_says_that_it_was_there(job: Job, claim: Claim) -> None:
    assert sweep() == 0
    assert Pulse.objects.filter(name=PULSE).exists()


@pytest.mark.usefixtures("stopping")
def test_a_step_that_asks_is_given_back_when_its_worker_stops(job: Job, working: Callable[[Any], None]) -> None:
    def stopped(step: Context, value: Any) -> None:
        context.stopping.set()
        step.check()

    working(stopped)
    assert run_step(job.job_id, 0, worker="w1") == "released"
    job.refresh_from_db()
    assert (job.state, job.steps.get(position=0).status, job.steps.get(position=0).failures) == (
        "pending",
        "pending",
        0,
    )


def test_what_runs_on_is_given_back_before_its_worker_goes(
    job: Job, working: Callable[[Any], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    exits: list[int] = []
    monkeypatch.setattr(os, "_exit", exits.append)
    working(lambda step, value: heart.give_back_and_exit())

    assert (run_step(job.job_id, 0, worker="w1"), exits) == ("taken over", [0])
    assert list(Attempt.objects.values_list("outcome", flat=True)) == ["released"]
    assert claim_step(job.job_id, 0, worker="w2")


def test_the_lease_of_a_step_that_hangs_is_let_go(job: Job, claim: Claim, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("threading.Thread.start", lambda thread: None)
    beating = heart.Heart()
    working, hanging = Context(claim, longest=60), Context(replace(claim, step=0), longest=0)
    renewed: list[Any] = []
    monkeypatch.setattr(heart, "renew_leases", lambda claims: renewed.extend(claims))
    beating.running = {working: 0.0, hanging: 0.0}
    beating.beat()

    assert renewed == [claim]
