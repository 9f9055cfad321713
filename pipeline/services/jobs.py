"""What people do with jobs: start them, cancel them, start them again."""

from typing import Any
from uuid import UUID

import structlog
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models.functions import Now
from psycopg.types.json import Jsonb

from pipeline import outbox
from pipeline.errors import JobFinished, NotAllowed, NotRetryable, PipelineGone, UnknownPipeline
from pipeline.models import Job, JobStatus, Step, StepStatus
from pipeline.outbox import Event
from pipeline.params import require_valid
from pipeline.registry import Pipeline, pipeline_named
from pipeline.services.moving import dispatch, drop_steps, move
from pipeline.services.statements import STATE, SUBMIT, events_of, run
from pipeline.services.writing import Actor


def submit_job(name: str, params: dict[str, Any], *, by: Actor, prefix: str = "params.") -> Job:
    """Starts a job; it is `in_progress` when the broker took its first step, and `pending` while it is down.

    Within a transaction of the caller the broker is asked after that, so the answer is `pending`. Raises
    UnknownPipeline, NotAllowed without the permission that the pipeline names, ValidationError by field, each called
    `prefix` and its path, when the params do not fit the pipeline's schema.
    """
    pipeline = pipeline_named(name)
    demand_start(pipeline, by)
    require_valid(params, pipeline.params_schema, prefix=prefix)
    if mistakes := pipeline.mistakes(params, by):
        raise ValidationError({f"{prefix}{name}": message for name, message in mistakes.items()})
    with outbox.forgetting_together():
        job, events = stored(pipeline, params, by)
        outbox.announce(events)
    [(job.state, job.seq, job.updated_at)] = run(STATE, job=job.pk)
    return job


def demand_start(pipeline: Pipeline, by: Actor) -> None:
    if not pipeline.may_start(by):
        raise NotAllowed(f"Your role does not allow starting {pipeline.title}.", field="pipeline")


def stored(pipeline: Pipeline, params: dict[str, Any], by: Actor) -> tuple[Job, list[Event]]:
    planned = pipeline.planned(params)
    request_id = structlog.contextvars.get_contextvars().get("request_id", "")
    job = Job(pipeline=pipeline.name, params=params, steps_count=len(planned), request_id=request_id)
    job.created_by_id = by.pk
    rows = run(
        SUBMIT,
        job_id=job.job_id,
        pipeline=job.pipeline,
        params=Jsonb(params),
        by=by.pk,
        by_name=by.display_name,
        names=[step.name for step in planned],
        runs=[step.runs for step in planned],
        input=Jsonb(pipeline.first_input(params)),
        request_id=request_id,
        head_start=outbox.HEAD_START,
    )
    job.pk, job.created_at, *_ = rows[0]
    return job, events_of([row[2:] for row in rows])


def cancel_job(job_id: UUID, *, by: Actor, reason: str = "") -> Job:
    """Cancels a job: at once when no worker has a step of it, else after that step, or when the step notices.

    Locks the job. A job that is being cancelled stays so. Raises Job.DoesNotExist for one that the actor may not see,
    NotAllowed for somebody else's, JobFinished.
    """
    with transaction.atomic():
        job = own_locked(job_id, by)
        if JobStatus(job.state).is_final:
            raise JobFinished(job.state)
        if job.state == JobStatus.CANCELLING:
            return job
        if job.steps.filter(status=StepStatus.IN_PROGRESS, lease_until__gt=Now()).exists():
            move(job, JobStatus.CANCELLING, by=by, reason=reason)
        else:
            drop_steps(job)
            move(job, JobStatus.CANCELLED, by=by, reason=reason)
        return job


def retry_job(job_id: UUID, *, by: Actor, reason: str = "") -> Job:
    """Goes on with a job from the step that failed or was cancelled; outputs of earlier steps stay.

    Locks the job. Raises Job.DoesNotExist for one that the actor may not see, NotAllowed for somebody else's or
    without the permission that the pipeline names, NotRetryable unless it is in error or cancelled, PipelineGone.
    """
    with transaction.atomic():
        job = own_locked(job_id, by)
        pipeline = pipeline_of(job)
        demand_start(pipeline, by)
        if job.state not in (JobStatus.ERROR, JobStatus.CANCELLED):
            raise NotRetryable(job.state)
        step = begun_again(job)
        move(job, JobStatus.PENDING, by=by, reason=reason)
        dispatch(job, step, first=True)
    job.refresh_from_db(fields=["state", "seq", "updated_at"])
    return job


def own_locked(job_id: UUID, by: Actor) -> Job:
    job = Job.objects.visible_to(by).locked().get(job_id=job_id)
    if job.created_by_id != by.pk and not by.has_perm("pipeline.manage_job"):
        raise NotAllowed("This job is somebody else's. Ask who started it, or a coordinator.")
    return job


def pipeline_of(job: Job) -> Pipeline:
    try:
        return pipeline_named(job.pipeline)
    except UnknownPipeline:
        raise PipelineGone(job.pipeline) from None


def begun_again(job: Job) -> Step:
    """Gives the first step that is not completed its turn, and answers it; its attempts go on being counted."""
    left = job.steps.exclude(status=StepStatus.COMPLETED)
    fresh: dict[str, Any] = {
        "failures": 0,
        "losses": 0,
        "sends": 0,
        "error": "",
        "started_at": None,
        "finished_at": None,
    }
    left.update(status=StepStatus.PENDING, next_try_at=None, **fresh)
    return left.order_by("position")[0]
