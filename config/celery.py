"""The Celery application of web processes, workers and beat alike: `celery --app config.celery worker`."""

import os
import select
from typing import Any

from celery import Celery
from celery.signals import setup_logging, task_prerun
from django.db import close_old_connections, connections

from config.alive import WorkerPulse

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("backlot", set_as_current=True)
app.config_from_object("config.workers")
app.steps["worker"].add(WorkerPulse)


@task_prerun.connect
def drop_dead_connections(**task: Any) -> None:
    """What Django does before each request; a connection that lives on is kept for the next task."""
    close_old_connections()
    for connection in connections.all(initialized_only=True):
        if connection.connection is not None and is_ended(connection.connection):
            connection.close()


def is_ended(connection: Any) -> bool:
    """Whether the server ended it, such as by a restart: only then has one that nobody uses something to say.

    Django would ask each connection before each task, which takes as long as a step's own statements.
    """
    if connection.closed:
        return True
    waiting = select.poll()
    waiting.register(connection.fileno(), select.POLLIN)
    return bool(waiting.poll(0))


@setup_logging.connect
def leave_logs(**options: Any) -> None:
    """Django has set the logs up; without a receiver of this signal Celery would do it again, its own way."""
