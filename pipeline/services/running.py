"""What a worker does with a step: claims it, keeps it, ends it. Who lost its claim can write nothing."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

import orjson
from django.conf import settings
from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone

from pipeline import outbox
from pipeline.errors import LeaseLost
from pipeline.models import AttemptOutcome, Job, JobStatus, LogLevel, Step, StepStatus
from pipeline.outbox import Event
from pipeline.services import statements
from pipeline.services.moving import LONGEST_ERROR, dispatch, drop_steps, end_attempt, move, say
from pipeline.services.statements import announce, events_of, run

LONGEST_LINE = 5000
FIRST_BACKOFF = 2.0
LONGEST_BACKOFF = 60.0


@dataclass(frozen=True)
class Claim:
    """The right to run one step, as long as nobody else claimed it with a higher fence."""

    step: int
    job: int
    job_id: UUID
    position: int
    name: str
    runs: str
    attempt: int
    fence: int
    failures: int
    input: Any
    params: dict[str, Any]
    request_id: str


class Line(NamedTuple):
    """Something a step says."""

    at: datetime
    level: str
    message: str


def claim_step(job_id: UUID, position: int, *, worker: str) -> Claim | None:
    """The step's claim for `worker`, or None when there is nothing to do.

    Claimed is a step whose turn has come, and one whose worker let its lease run out. A step that is done, that
    another worker has, that waits for its next try, or whose job was cancelled, is not.
    """
    rows = run(
        statements.CLAIM,
        job_id=job_id,
        position=position,
        worker=worker[:200],
        lease=settings.PIPELINE_LEASE,
        head_start=outbox.HEAD_START,
    )
    if not rows:
        return None
    step, job, name, runs, attempt, fence, failures, given, params, request_id, changed, *event = rows[0]
    announce(changed, events_of([event]))
    given = None if given is None else orjson.loads(given)
    params = orjson.loads(params)
    return Claim(step, job, job_id, position, name, runs, attempt, fence, failures, given, params, request_id)


def finish_step(claim: Claim, output: Any) -> None:
    """Keeps the step's output and gives the next step its turn. Raises LeaseLost when another worker took it over."""
    rows = run(
        statements.FINISH,
        job=claim.job,
        step=claim.step,
        fence=claim.fence,
        output=orjson.dumps(output).decode(),
        message=f"Completed in attempt {claim.attempt}.",
        head_start=outbox.HEAD_START,
    )
    if not rows:
        raise LeaseLost
    announce(rows[0][0], events_of([row[1:] for row in rows]))


def fail_step(claim: Claim, error: str, *, attempts: int) -> None:
    """Writes down that an attempt failed: the step is tried again after a while, or the job ends in error.

    `attempts` is how often it is tried in all; 1 is never again. Locks the job. Raises LeaseLost.
    """
    with transaction.atomic():
        job, step = held(claim)
        end_attempt(step, AttemptOutcome.FAILED, error)
        step.failures += 1
        step.error = error[:LONGEST_ERROR]
        if job.state == JobStatus.CANCELLING:
            drop(job, step)
        elif step.failures < attempts:
            put_off(job, step)
        else:
            end_in_error(job, step)


def cancel_step(claim: Claim) -> None:
    """The step noticed that its job was cancelled, and stopped. Locks the job. Raises LeaseLost."""
    with transaction.atomic():
        job, step = held(claim)
        end_attempt(step, AttemptOutcome.CANCELLED)
        drop(job, step)


def release_step(claim: Claim) -> None:
    """Gives a step back that its worker has no time to end; that counts as no failure. Locks the job."""
    with transaction.atomic():
        job, step = held(claim)
        end_attempt(step, AttemptOutcome.RELEASED)
        if job.state == JobStatus.CANCELLING:
            drop(job, step)
        else:
            say(job, "The worker was stopped; another one takes over.", step=step.name, level=LogLevel.WARNING)
            wait_for_worker(job, step, JobStatus.PENDING)


def job_sent(job_id: str) -> list[Event]:
    """Writes down that the broker took a job's first message: it is in progress now. Answers what to announce."""
    return events_of(run(statements.SENT, job_id=job_id, head_start=outbox.HEAD_START))


def renew_leases(claims: Sequence[Claim]) -> dict[int, str]:
    """Lengthens the leases of running steps; answers the jobs' statuses by step, without those that were taken over."""
    found = run(
        statements.RENEW,
        lease=settings.PIPELINE_LEASE,
        steps=[claim.step for claim in claims],
        fences=[claim.fence for claim in claims],
    )
    return dict(found)


def write_lines(job: int, step: str, lines: Sequence[Line]) -> None:
    """Adds lines to the log of a job, all at once; locks the job."""
    run(
        statements.SAY,
        job=job,
        step=step,
        ats=[line.at for line in lines],
        levels=[line.level for line in lines],
        messages=[line.message[:LONGEST_LINE].replace("\0", "") for line in lines],
    )


def held(claim: Claim) -> tuple[Job, Step]:
    """The locked job, and the step while it is the claim's. Raises LeaseLost."""
    job = Job.objects.locked().get(pk=claim.job)
    step = Step.objects.filter(pk=claim.step, fence=claim.fence, status=StepStatus.IN_PROGRESS).first()
    if step is None:
        raise LeaseLost
    return job, step


def put_off(job: Job, step: Step) -> None:
    delay = backoff(step.failures)
    say(job, f"{step.error} Trying again in {delay.total_seconds():.0f} s.", step=step.name, level=LogLevel.WARNING)
    step.status, step.lease_until = StepStatus.PENDING, None
    step.next_try_at = in_time(delay)
    step.save()
    dispatch(job, step, delay=delay)
    move(job, JobStatus.IN_PROGRESS)


def end_in_error(job: Job, step: Step) -> None:
    tries = "1 attempt" if step.attempt == 1 else f"{step.attempt} attempts"
    say(job, f"Failed after {tries}: {step.error}", step=step.name, level=LogLevel.ERROR)
    step.status, step.lease_until, step.next_try_at = StepStatus.ERROR, None, None
    step.finished_at = timezone.now()
    step.save()
    move(job, JobStatus.ERROR, reason=f"{step.name} failed after {tries}: {step.error}")


def drop(job: Job, step: Step) -> None:
    step.status, step.lease_until, step.finished_at = StepStatus.CANCELLED, None, timezone.now()
    step.save()
    drop_steps(job)
    say(job, "Cancelled.", step=step.name)
    move(job, JobStatus.CANCELLED)


def wait_for_worker(job: Job, step: Step, status: JobStatus) -> None:
    """Gives a step its turn anew; whoever had it has it no more."""
    step.status, step.lease_until, step.next_try_at = StepStatus.PENDING, None, in_time()
    step.fence += 1
    step.save()
    dispatch(job, step)
    move(job, status)


def backoff(failures: int) -> timedelta:
    """2, 4, 8, … seconds and up to half as much again, so that what failed together does not come back together."""
    seconds = min(FIRST_BACKOFF * 2 ** (failures - 1), LONGEST_BACKOFF)
    return timedelta(seconds=seconds * random.uniform(1, 1.5))  # noqa: S311 - no secret


def in_time(delay: timedelta = timedelta(0)) -> Any:
    """The database's time, with which the times of a step are compared: the clocks of machines differ."""
    return Now() + delay
