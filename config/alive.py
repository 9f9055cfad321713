"""A file that a worker or beat touches while its loop turns, for whoever looks whether it is well."""

import os
from pathlib import Path
from typing import Any

from celery import bootsteps
from celery.beat import Scheduler

SECONDS = 5.0


def touch() -> None:
    """Touches ALIVE_FILE, where one is named."""
    if file := os.environ.get("ALIVE_FILE", "").strip():
        Path(file).touch()


class WorkerPulse(bootsteps.StartStopStep):
    """Part of a worker, which stops touching when its loop hangs."""

    requires = ("celery.worker.components:Timer",)

    def start(self, worker: Any) -> None:
        touch()
        worker.timer.call_repeatedly(SECONDS, touch)


class PulsingScheduler(Scheduler):
    """Celery's own, which keeps the times of the last runs in memory: what is due within seconds needs no file."""

    def tick(self, *args: Any, **kwargs: Any) -> Any:
        touch()
        return super().tick(*args, **kwargs)
