"""What people do with jobs."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from config.accounts.models import User
from pipeline.errors import JobFinished, NotAllowed, NotRetryable, UnknownPipeline
from pipeline.models import Job, JobStatus, OutboxEvent, StepStatus
from pipeline.registry import PIPELINES, Pipeline
from pipeline.services.jobs import cancel_job, retry_job, submit_job
from pipeline.services.running import claim_step, fail_step, finish_step

pytestmark = pytest.mark.django_db
BROKEN = "The disk is full."


def failed(job: Job, position: int = 0) -> Job:
    claim = claim_step(job.job_id, position, worker="w1")
    assert claim
    fail_step(claim, BROKEN, attempts=1)
    job.refresh_from_db()
    return job


def statuses(job: Job) -> list[str]:
    return list(job.steps.values_list("status", flat=True))


@pytest.mark.parametrize("value", [0, 10, -5, 999, 2**53, -(2**53)])
def test_arithmetic_doubles(member: User, run_through: Callable[[Job], list[str]], value: int) -> None:
    job = submit_job("arithmetic", {"initial_value": value}, by=member)
    run_through(job)

    [row] = Job.objects.as_rows()
    partial = {"add_5": value + 5, "multiply_2": 2 * value + 10, "subtract_10": 2 * value}
    assert (row["status"], row["progress"]) == ("completed", 1)
    assert row["result"] == {"partial": partial, "final_result": 2 * value}


def test_partial_results_stand_in_the_job_while_it_runs(member: User) -> None:
    job = submit_job("arithmetic", {"initial_value": 10}, by=member)
    assert Job.objects.as_rows()[0]["result"] is None
    claim = claim_step(job.job_id, 0, worker="w1")
    assert claim
    finish_step(claim, 15)

    row = Job.objects.as_rows()[0]
    assert (row["result"], row["status"], row["progress"]) == ({"partial": {"add_5": 15}}, "in_progress", 0.33)


@pytest.mark.parametrize("value", [10.5, 10.0, "10", "x", None, True, 2**53 + 1, -(2**53) - 1, [10], {}])
def test_what_is_no_integer_within_bounds_is_refused(member: User, value: Any) -> None:
    with pytest.raises(ValidationError) as refusal:
        submit_job("arithmetic", {"initial_value": value}, by=member)

    assert set(refusal.value.message_dict) == {"params.initial_value"}
    assert not Job.objects.exists()
    assert not OutboxEvent.objects.exists()


def test_a_submit_is_in_progress_once_the_broker_took_it(somebody: User) -> None:
    job = submit_job("arithmetic", {"initial_value": 1}, by=somebody)

    assert job.state == JobStatus.IN_PROGRESS
    assert not OutboxEvent.objects.exists()
    assert [change.to_status for change in job.changes.all()] == ["pending", "in_progress"]


def test_a_submit_is_pending_while_the_broker_is_down(somebody: User, broker_down: None) -> None:
    job = submit_job("arithmetic", {"initial_value": 1}, by=somebody)

    assert job.state == JobStatus.PENDING
    assert [event.topic for event in OutboxEvent.objects.all()] == ["job.dispatch"]


def test_an_unknown_pipeline_is_refused(member: User) -> None:
    with pytest.raises(UnknownPipeline):
        submit_job("nothing", {}, by=member)


def test_a_pipeline_may_name_the_permission_that_starting_it_needs(
    member: User, artist: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    guarded = Pipeline("guarded", "Guarded", "", {"type": "object"}, steps=("add_5",), permission="pipeline.view_job")
    monkeypatch.setitem(PIPELINES, "guarded", guarded)

    with pytest.raises(NotAllowed):
        submit_job("guarded", {}, by=member)
    assert submit_job("guarded", {}, by=artist).steps_count == 1


def test_cancelling_before_a_worker_came_is_done_at_once(job: Job, member: User) -> None:
    cancelled = cancel_job(job.job_id, by=member, reason="Wrong number")

    assert cancelled.state == JobStatus.CANCELLED
    assert statuses(job) == [StepStatus.CANCELLED] * 3
    change = job.changes.get()
    assert (change.by, change.by_name, change.reason) == (member, member.display_name, "Wrong number")


def test_cancelling_while_a_worker_has_a_step_waits_for_it(job: Job, member: User) -> None:
    claim = claim_step(job.job_id, 0, worker="w1")
    assert claim
    assert cancel_job(job.job_id, by=member).state == JobStatus.CANCELLING
    finish_step(claim, 15)

    job.refresh_from_db()
    assert job.state == JobStatus.CANCELLED
    assert statuses(job) == [StepStatus.COMPLETED, StepStatus.CANCELLED, StepStatus.CANCELLED]
    assert claim_step(job.job_id, 1, worker="w1") is None


def test_a_job_whose_last_step_ends_while_it_is_being_cancelled_is_completed(job: Job, member: User) -> None:
    for position in range(3):
        claim = claim_step(job.job_id, position, worker="w1")
        assert claim
        if position == 2:
            cancel_job(job.job_id, by=member)
        finish_step(claim, position)

    job.refresh_from_db()
    assert job.state == JobStatus.COMPLETED


def test_a_job_that_ended_cannot_be_cancelled(job: Job, member: User) -> None:
    failed(job)

    with pytest.raises(JobFinished) as refusal:
        cancel_job(job.job_id, by=member)
    assert refusal.value.facts == {"job_status": "error"}


def test_a_retry_goes_on_from_the_failed_step_and_keeps_earlier_outputs(
    job: Job, member: User, run_through: Callable[[Job], list[str]]
) -> None:
    claim = claim_step(job.job_id, 0, worker="w1")
    assert claim
    finish_step(claim, 15)
    failed(job, 1)
    retried = retry_job(job.job_id, by=member, reason="There is room again")

    assert retried.state == JobStatus.PENDING
    assert run_through(job) == ["nothing to do", "completed", "completed"]
    assert [step.attempt for step in job.steps.all()] == [1, 2, 1]
    assert Job.objects.as_rows()[0]["result"]["final_result"] == 20


def test_a_cancelled_job_can_be_retried(job: Job, member: User, run_through: Callable[[Job], list[str]]) -> None:
    cancel_job(job.job_id, by=member)
    retry_job(job.job_id, by=member)

    assert run_through(job) == ["completed"] * 3


def test_a_job_that_runs_cannot_be_retried(job: Job, member: User) -> None:
    with pytest.raises(NotRetryable):
        retry_job(job.job_id, by=member)


@pytest.mark.parametrize("act", [cancel_job, retry_job])
def test_other_peoples_jobs_are_for_who_runs_all(
    job: Job, artist: User, coordinator: User, act: Callable[..., Job]
) -> None:
    failed(job) if act is retry_job else None
    with pytest.raises(NotAllowed):
        act(job.job_id, by=artist)

    assert act(job.job_id, by=coordinator).pk == job.pk


@pytest.mark.parametrize("act", [cancel_job, retry_job])
def test_jobs_that_one_may_not_see_do_not_exist(job: Job, act: Callable[..., Job]) -> None:
    with pytest.raises(Job.DoesNotExist):
        act(job.job_id, by=User.objects.create(email="stranger@studio.example"))


def test_everybody_sees_their_own_jobs_and_the_studio_sees_all(job: Job, member: User, artist: User) -> None:
    stranger = User.objects.create(email="stranger@studio.example")

    seen = [Job.objects.visible_to(user).count() for user in (member, artist, stranger)]
    assert seen == [1, 1, 0]
