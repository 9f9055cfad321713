"""Claims, leases and fences."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db.models.functions import Now
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from config.accounts.models import User
from pipeline.errors import LeaseLost
from pipeline.models import Attempt, Job, JobStatus, OutboxEvent, Step
from pipeline.services.jobs import cancel_job
from pipeline.services.running import Claim, cancel_step, claim_step, fail_step, finish_step, release_step, renew_leases
from pipeline.services.sweeping import sweep

pytestmark = pytest.mark.django_db


def claimed(job: Job, position: int = 0, worker: str = "w1") -> Claim:
    claim = claim_step(job.job_id, position, worker=worker)
    assert claim
    return claim


def expire(job: Job) -> None:
    job.steps.filter(status="in_progress").update(lease_until=Now() - timedelta(seconds=1))


def outcomes(job: Job) -> list[str]:
    return list(Attempt.objects.filter(step__job=job).order_by("pk").values_list("outcome", flat=True))


def test_a_step_has_one_worker_at_a_time(job: Job) -> None:
    claimed(job)

    assert claim_step(job.job_id, 0, worker="w2") is None


def test_a_step_waits_for_its_turn(job: Job) -> None:
    assert claim_step(job.job_id, 1, worker="w1") is None


def test_a_message_of_a_finished_step_does_nothing(job: Job) -> None:
    finish_step(claimed(job), 15)

    assert claim_step(job.job_id, 0, worker="w2") is None


def test_an_expired_lease_is_taken_over_with_the_next_fence(job: Job) -> None:
    first = claimed(job)
    expire(job)
    second = claimed(job, worker="w2")

    assert (second.fence, second.attempt) == (first.fence + 1, 2)
    assert outcomes(job) == ["lost"]


@pytest.mark.parametrize("late", [lambda claim: finish_step(claim, 99), cancel_step, release_step])
def test_who_was_taken_over_writes_nothing(job: Job, late: Callable[[Claim], None]) -> None:
    first = claimed(job)
    expire(job)
    second = claimed(job, worker="w2")

    with pytest.raises(LeaseLost):
        late(first)
    with pytest.raises(LeaseLost):
        fail_step(first, "too late", attempts=3)
    finish_step(second, 15)
    assert Job.objects.as_rows()[0]["result"] == {"partial": {"add_5": 15}}


def test_a_renewed_lease_is_kept(job: Job) -> None:
    claim = claimed(job)
    expire(job)

    assert renew_leases([claim]) == {claim.step: "in_progress"}
    assert claim_step(job.job_id, 0, worker="w2") is None


def test_a_lease_that_was_lost_is_not_renewed(job: Job) -> None:
    first = claimed(job)
    expire(job)
    claimed(job, worker="w2")

    assert renew_leases([first]) == {}


def test_a_failure_that_may_pass_is_tried_again_later(job: Job) -> None:
    fail_step(claimed(job), "The disk is full.", attempts=3)

    step = job.steps.get(position=0)
    job.refresh_from_db()
    assert (job.state, step.status, step.error) == ("in_progress", "pending", "The disk is full.")
    assert claim_step(job.job_id, 0, worker="w2") is None
    event = OutboxEvent.objects.get(topic="job.dispatch")
    assert step.next_try_at
    assert event.next_try_at >= step.next_try_at


def test_after_the_last_attempt_the_job_is_in_error_and_says_why(job: Job) -> None:
    for _ in range(3):
        job.steps.filter(position=0).update(next_try_at=Now())
        fail_step(claimed(job), "The disk is full.", attempts=3)

    job.refresh_from_db()
    assert job.state == JobStatus.ERROR
    assert job.changes.order_by("-pk")[0].reason == "add_5 failed after 3 attempts: The disk is full."
    assert job.log_lines.order_by("-seq")[0].message == "Failed after 3 attempts: The disk is full."
    assert claim_step(job.job_id, 0, worker="w1") is None


def test_a_step_that_is_given_back_goes_on_elsewhere_at_once(job: Job) -> None:
    release_step(claimed(job))

    assert claimed(job, worker="w2").attempt == 2
    assert outcomes(job) == ["released"]


def test_the_log_is_numbered_without_a_gap(job: Job) -> None:
    fail_step(claimed(job), "The disk is full.", attempts=3)
    job.steps.filter(position=0).update(next_try_at=Now())
    finish_step(claimed(job), 15)

    assert list(job.log_lines.values_list("seq", flat=True)) == [1, 2]


ACTS = st.lists(st.tuples(st.sampled_from(["claim", "finish", "fail", "expire", "sweep", "release"]), st.booleans()))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=ACTS)
def test_whatever_workers_do_a_step_has_one_result(member: User, acts: list[tuple[str, bool]]) -> None:
    job = fresh(member)
    claims: dict[bool, Claim | None] = {True: None, False: None}
    accepted = [act(job, name, who, claims) for name, who in acts]

    outputs = [output for output in accepted if output is not None]
    assert len(outputs) <= 1
    assert job.steps.get(position=0).output == (outputs[0] if outputs else None)
    assert outcomes(job).count("completed") == len(outputs)


def fresh(member: User) -> Job:
    Job.objects.all().delete()
    job = Job.objects.create(pipeline="arithmetic", params={}, created_by=member, steps_count=2)
    Step.objects.create(job=job, position=0, name="add_5", runs="add_5", input=1)
    Step.objects.create(job=job, position=1, name="multiply_2", runs="multiply_2")
    return job


def act(job: Job, name: str, who: bool, claims: dict[bool, Any]) -> int | None:
    """One act of one of two workers; answers the output when it was accepted."""
    job.steps.filter(status="pending").update(next_try_at=None)
    if name == "claim":
        claims[who] = claim_step(job.job_id, 0, worker=str(who)) or claims[who]
    elif name == "expire":
        expire(job)
    elif name == "sweep":
        sweep()
    elif claims[who]:
        return ended(name, claims[who])
    return None


def ended(name: str, claim: Claim) -> int | None:
    try:
        if name == "finish":
            finish_step(claim, claim.fence)
            return claim.fence
        fail_step(claim, "no", attempts=1000) if name == "fail" else release_step(claim)
    except LeaseLost:
        pass
    return None


def test_cancelling_beats_a_worker_whose_lease_ran_out(job: Job, member: User) -> None:
    claim = claimed(job)
    expire(job)

    assert cancel_job(job.job_id, by=member).state == JobStatus.CANCELLED
    with pytest.raises(LeaseLost):
        finish_step(claim, 15)
