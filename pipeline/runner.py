"""Runs one step: claims it, does its work under a lease, and ends it one way or another."""

import logging
import time
from typing import Any
from uuid import UUID

import structlog
from django.core.exceptions import ValidationError
from django.db import transaction

from pipeline import outbox
from pipeline.context import Context
from pipeline.errors import Cancelled, LeaseLost, Refusal, TryAgain, WorkerStopping
from pipeline.heart import keeping
from pipeline.params import unstorable
from pipeline.registry import STEPS, RegisteredStep
from pipeline.services.running import Claim, cancel_step, claim_step, fail_step, finish_step, release_step

log = structlog.get_logger(__name__)

BIGGEST_OUTPUT = 2**63 - 1
NOTHING_TO_DO = "nothing to do"
COMPLETED = "completed"


def run_step(job_id: UUID, position: int, *, worker: str) -> str:
    """Runs the step unless it is done, taken or not wanted any more; answers in a word how it ended.

    A message may come twice, late, or after the worker that it went to has died: the claim decides, not the message.
    """
    with outbox.forgetting_together():
        claim = claim_step(job_id, position, worker=worker)
        return NOTHING_TO_DO if claim is None else run_claimed(claim)


def run_claimed(claim: Claim) -> str:
    with structlog.contextvars.bound_contextvars(
        job_id=str(claim.job_id), step=claim.name, request_id=claim.request_id
    ):
        started = time.monotonic()
        try:
            outcome = ended(claim)
        except LeaseLost:
            outcome = "taken over"
        seconds = round(time.monotonic() - started, 3)
        # That all went well stands in the job's log, too.
        level = logging.DEBUG if outcome == COMPLETED else logging.WARNING
        log.log(level, "step_ended", outcome=outcome, attempt=claim.attempt, seconds=seconds)
        return outcome


def ended(claim: Claim) -> str:
    """Works, and ends the step as the work did. Raises LeaseLost."""
    step = STEPS[claim.runs]
    context = Context(claim, longest=step.longest)
    try:
        with keeping(context):
            work(step, context)
    except Cancelled:
        context.flush()
        cancel_step(claim)
        return "cancelled"
    except WorkerStopping:
        context.flush()
        release_step(claim)
        return "released"
    except LeaseLost:
        raise
    except Exception as error:  # noqa: BLE001 - a step may raise anything, and the job has to say so
        context.flush()
        fail_step(claim, told(error), attempts=step.attempts if may_pass(step, error) else 1)
        return "failed"
    except BaseException:
        # The worker is told to stop at once: somebody else can begin now, not when the lease has run out.
        release_step(claim)
        raise
    return COMPLETED


def work(step: RegisteredStep, context: Context) -> None:
    if step.is_atomic:
        with transaction.atomic():
            finish(context, step.work(context, context.claim.input))
    else:
        finish(context, step.work(context, context.claim.input))


def finish(context: Context, output: Any) -> None:
    require_storable(output)
    context.flush()
    finish_step(context.claim, output)


def require_storable(output: Any) -> None:
    for path, message in unstorable(output, biggest=BIGGEST_OUTPUT):
        raise ValueError(f"The output cannot be stored at {'.'.join(map(str, path)) or 'its top'}: {message}")


def may_pass(step: RegisteredStep, error: Exception) -> bool:
    return isinstance(error, (TryAgain, *step.may_pass))


def told(error: Exception) -> str:
    """What went wrong, for the people who look at the job; what nobody foresaw is for the server's log alone."""
    if isinstance(error, Refusal):
        return error.detail
    if isinstance(error, ValidationError):
        return " ".join(error.messages)
    if isinstance(error, TryAgain):
        return str(error)
    log.error("step_broke", exc_info=error)
    return f"Something broke on our side ({type(error).__name__}). The server's log tells what, under the job's id."
