"""Looks for what got lost on the way, and sets it going again."""

import time
from collections.abc import Iterator

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.db.models.functions import Now
from django.utils import timezone

from pipeline import outbox
from pipeline.models import AttemptOutcome, Job, JobStatus, LogLevel, OutboxEvent, Pulse, Step
from pipeline.services.moving import DISPATCH, dispatch, drop_steps, end_attempt, move, say
from pipeline.services.running import end_in_error, wait_for_worker

MOST_LOSSES = 5
# After so many seconds the next sweep goes on.
BUDGET = 2.0
PULSE = "sweep"


def sweep() -> int:
    """Takes over what dead workers had, sends what no worker took, delivers what is due; answers how much that was.

    May run in several places at once: each job is locked, and passed over where another sweep has it.
    """
    until = time.monotonic() + BUDGET
    found = sum(take_over(job, step) for job, step in locked(Step.objects.abandoned(), until))
    while time.monotonic() < until and (delivered := outbox.deliver_due()):
        found += delivered
    found += sum(send_again(job, step) for job, step in locked(Step.objects.to_send_again(), until))
    Pulse.objects.update_or_create(name=PULSE, defaults={"at": timezone.now()})
    return found


def locked(steps: QuerySet[Step], until: float) -> Iterator[tuple[Job, Step]]:
    """Each of the steps that still is among them once its job is locked, one transaction each."""
    for pk in list(steps.values_list("pk", flat=True)[:1000]):
        if time.monotonic() > until:
            return
        with transaction.atomic():
            job = Job.objects.filter(steps=pk).select_for_update(of=("self",), no_key=True, skip_locked=True).first()
            step = steps.filter(pk=pk).first() if job else None
            if job and step:
                yield job, step


def take_over(job: Job, step: Step) -> bool:
    """Takes a step from a worker that did not renew its lease; too many workers lost over it end the job in error."""
    if job.state == JobStatus.CANCELLING:
        drop_steps(job)
        move(job, JobStatus.CANCELLED)
        return True
    end_attempt(step, AttemptOutcome.LOST, "The worker did not answer any more.")
    step.losses += 1
    if step.losses >= MOST_LOSSES:
        step.error = f"{step.losses} workers were lost while they ran this step."
        end_in_error(job, step)
    else:
        say(job, "The worker was lost; another one takes over.", step=step.name, level=LogLevel.WARNING)
        wait_for_worker(job, step, JobStatus.STALLED)
    return True


def send_again(job: Job, step: Step) -> bool:
    """Sends a step that no worker took; its job waits until one does."""
    Step.objects.filter(pk=step.pk).update(sends=step.sends + 1, next_try_at=Now())
    if job.state == JobStatus.IN_PROGRESS:
        seconds = settings.PIPELINE_LEASE.total_seconds()
        move(job, JobStatus.PENDING, reason=f"No worker took {step.name} within {seconds:.0f} s.")
    if not OutboxEvent.objects.waiting().filter(topic=DISPATCH, key=str(job.job_id)).exists():
        dispatch(job, step)
    return True
