"""Processes that die between the commit of a job and its dispatch.

`python -m pipeline.tests.real.dying NUMBER USER`
"""

import os
import signal
import sys
from typing import Any

import django

django.setup()

from config.accounts.models import User  # noqa: E402 - the models need a Django that is set up
from pipeline import broker  # noqa: E402
from pipeline.services.jobs import submit_job  # noqa: E402


def die(task: str, **options: Any) -> bool:
    os.kill(os.getpid(), signal.SIGKILL)
    return True


def submit_and_die(number: int, user: str) -> None:
    """In a child: what it would send next is never sent."""
    broker.send = die
    submit_job("arithmetic", {"initial_value": number}, by=User.objects.get(pk=user))
    os._exit(1)


def main(number: int, user: str) -> None:
    """Each in a process of its own, forked before this one has a connection."""
    for value in range(number):
        if not (child := os.fork()):
            submit_and_die(value, user)
        _, status = os.waitpid(child, 0)
        if os.waitstatus_to_exitcode(status) != -signal.SIGKILL:
            raise SystemExit(f"Process {value} was not killed.")


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
