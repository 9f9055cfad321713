"""How a job goes from one status to the next; the caller holds the lock on its row."""

from typing import Any

from django.db.models import F
from django.utils import timezone

from pipeline import outbox
from pipeline.models import AttemptOutcome, Job, JobChange, JobStatus, LogLevel, LogLine, Step, StepStatus
from pipeline.services.writing import Actor

CHANGED = "job.changed"
DISPATCH = "job.dispatch"
LONGEST_ERROR = 5000


def move(job: Job, to: JobStatus, *, by: Actor | None = None, reason: str = "") -> None:
    """Sets the status, keeps the change, and has everybody told who looks at the job."""
    before, job.state = job.state, to
    job.seq += 1
    job.finished_at = timezone.now() if to.is_final else None
    job.save(update_fields=["state", "seq", "log_seq", "finished_at", "updated_at"])
    if before != to:
        note(job, before, by=by, reason=reason)
    tell(job)


def note(job: Job, before: str, *, by: Actor | None = None, reason: str = "") -> None:
    """Keeps that the status was `before` and is now another."""
    JobChange.objects.create(
        job=job,
        at=timezone.now(),
        by_id=by.pk if by else None,
        by_name=by.display_name if by else "",
        from_status=before,
        to_status=job.state,
        reason=reason,
    )


def tell(job: Job) -> None:
    owner = str(job.created_by_id) if job.created_by_id else None
    payload = {"job_id": str(job.job_id), "seq": job.seq, "status": job.state, "owner": owner}
    outbox.put(CHANGED, payload, key=str(job.job_id))


def say(job: Job, message: str, *, level: LogLevel = LogLevel.INFO, step: str = "") -> None:
    """Writes a line into the log of the job; its number is saved with the job's next move."""
    job.log_seq += 1
    LogLine.objects.create(job=job, seq=job.log_seq, at=timezone.now(), step=step, level=level, message=message)


def dispatch(job: Job, step: Step, *, delay: Any = None, first: bool = False) -> None:
    """Has a worker told that it is the step's turn, now or after `delay`."""
    payload = {"job_id": str(job.job_id), "position": step.position, "runs": step.runs} | (
        {"first": True} if first else {}
    )
    outbox.put(DISPATCH, payload, key=str(job.job_id), **({"delay": delay} if delay else {}))


def end_attempt(step: Step, outcome: AttemptOutcome, error: str = "") -> None:
    """Keeps how the step's present attempt ended."""
    step.attempts.create(
        number=step.attempt,
        worker=step.worker,
        started_at=step.started_at or timezone.now(),
        finished_at=timezone.now(),
        outcome=outcome,
        error=error[:LONGEST_ERROR],
    )


def drop_steps(job: Job) -> None:
    """Takes what is left of a job from its workers: whoever still works on it can write nothing any more."""
    now = timezone.now()
    left = job.steps.exclude(status=StepStatus.COMPLETED)
    for step in left.filter(status=StepStatus.IN_PROGRESS):
        end_attempt(step, AttemptOutcome.LOST)
    left.filter(status=StepStatus.IN_PROGRESS).update(finished_at=now)
    left.update(status=StepStatus.CANCELLED, fence=F("fence") + 1, lease_until=None, next_try_at=None)
