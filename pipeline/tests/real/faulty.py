"""The Celery application of workers under test: `celery --app pipeline.tests.real.faulty worker`.

Its sums write down that they were done, in the transaction of their result, and kill their worker when a file says so;
every message is sent three times.
"""

import os
import signal
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import django

from config.celery import app

django.setup()

from django.utils import timezone  # noqa: E402 - the models need a Django that is set up

from pipeline import broker  # noqa: E402
from pipeline.context import Context  # noqa: E402
from pipeline.models import JobChange  # noqa: E402
from pipeline.registry import STEPS, RegisteredStep  # noqa: E402
from pipeline.tests.real.processes import EFFECT, thrice  # noqa: E402

__all__ = ["app"]

FLAGS = Path(os.environ["FAULTS"])


def deadly(step: RegisteredStep) -> RegisteredStep:
    """The step with an effect that can be counted, and with its fault."""

    def work(context: Context, value: Any) -> Any:
        JobChange.objects.create(
            job_id=context.claim.job, at=timezone.now(), to_status="", reason=f"{EFFECT} {context.name}"
        )
        die_if_told(context.name)
        return step.work(context, value)

    return replace(step, work=work, is_atomic=True)


def die_if_told(name: str) -> None:
    """Kills this worker when there is a file `kill <step> …`; taking it away makes sure that one step does it."""
    for order in FLAGS.glob(f"kill {name} *"):
        with suppress(FileNotFoundError):
            order.unlink()
            os.kill(os.getpid(), signal.SIGKILL)


for name in ("add_5", "multiply_2", "subtract_10"):
    STEPS[name] = deadly(STEPS[name])
broker.send = thrice(broker.send)
