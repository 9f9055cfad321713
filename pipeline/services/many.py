"""The same for many jobs at once: each for itself, for one that is finished must not hold back the others."""

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from pipeline.errors import Refusal
from pipeline.models import Job
from pipeline.services.jobs import cancel_job, retry_job
from pipeline.services.writing import Actor

# As many as a page shows.
MOST_JOBS = 50
ACTS: dict[str, Callable[..., Job]] = {"cancel": cancel_job, "retry": retry_job}


def act_on_jobs(act: str, job_ids: Sequence[UUID], *, by: Actor, reason: str = "") -> list[str]:
    """Cancels or retries up to MOST_JOBS jobs, each in a transaction of its own.

    Answers why, in words for a person, for each job that was refused; one that the actor may not see counts as gone.
    """
    refusals = (refusal_of(ACTS[act], job_id, by=by, reason=reason) for job_id in job_ids[:MOST_JOBS])
    return [refusal for refusal in refusals if refusal]


def refusal_of(act: Callable[..., Job], job_id: UUID, **options: Any) -> str:
    try:
        act(job_id, **options)
    except Refusal as refusal:
        return f"{str(job_id)[:8]}: {refusal.detail}"
    except Job.DoesNotExist:
        return f"{str(job_id)[:8]}: This job is gone."
    return ""
