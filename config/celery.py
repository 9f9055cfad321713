"""The Celery application of web processes, workers and beat alike: `celery --app config.celery worker`."""

import os
from typing import Any

from celery import Celery
from celery.signals import setup_logging, task_prerun
from django.db import close_old_connections

from config.alive import WorkerPulse

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("backlot", set_as_current=True)
app.config_from_object("config.workers")
app.steps["worker"].add(WorkerPulse)


@task_prerun.connect
def drop_dead_connections(**task: Any) -> None:
    """What Django does before each request; a connection that lives on is kept for the next task."""
    close_old_connections()


@setup_logging.connect
def leave_logs(**options: Any) -> None:
    """Django has set the logs up; without a receiver of this signal Celery would do it again, its own way."""
