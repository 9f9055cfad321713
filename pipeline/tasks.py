"""The Celery tasks: one for each registered step, and those that keep things going."""

import os
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from celery import shared_task
from celery.signals import worker_shutting_down

from pipeline import heart, outbox
from pipeline.files import remove_expired_files
from pipeline.registry import STEPS, RegisteredStep
from pipeline.runner import run_step
from pipeline.services.sweeping import sweep


def make_tasks(steps: Iterable[RegisteredStep]) -> None:
    """Gives each step its task, `step_<name>`, in its queue.

    The chain is not Celery's: a finished step writes down whose turn it is, and sends the next one's task after that is
    committed. A message that carries the rest of the chain would be the only one to know it, and may get lost.
    """
    for step in steps:
        shared_task(name=step.task_name, bind=True)(run)


def run(task: Any, *, job_id: str, position: int) -> str:
    return run_step(UUID(job_id), position, worker=f"{task.request.hostname} {os.getpid()}")


@worker_shutting_down.connect
def stop_steps(**shutdown: Any) -> None:
    """Celery waits for what runs, however long that takes; the steps are asked to end."""
    heart.stop_soon()


@shared_task(name="pipeline.sweep", ignore_result=True)
def sweep_lost() -> None:
    """Sets going again what got lost; beat asks for it every few seconds."""
    sweep()


@shared_task(name=outbox.DELIVER, ignore_result=True)
def deliver_outbox() -> None:
    """Delivers what has just been written, until nothing is due."""
    while outbox.deliver_due() >= outbox.BATCH:
        pass


@shared_task(name="pipeline.remove_expired_files", ignore_result=True)
def sweep_files() -> None:
    """Removes the files of jobs whose week is over; beat asks for it every hour."""
    remove_expired_files()


make_tasks(STEPS.values())
