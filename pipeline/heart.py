"""Keeps the leases of the steps that run in this process, so that a step may take as long as it needs."""

import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import structlog
from django.conf import settings
from django.db import Error, connection

from pipeline.context import Context, stopping
from pipeline.errors import LeaseLost
from pipeline.services.running import release_step, renew_leases

log = structlog.get_logger(__name__)

# A supervisor waits for ten and then kills.
STOP_SECONDS = 8


class Heart:
    """A thread with a database connection of its own, for the step's may be busy or in a transaction for long."""

    def __init__(self) -> None:
        self.pid = os.getpid()
        self.running: dict[Context, float] = {}
        threading.Thread(target=self.beat_on, name="leases", daemon=True).start()

    @property
    def lease(self) -> float:
        return float(settings.PIPELINE_LEASE.total_seconds())

    def give_back(self) -> None:
        """Lets other workers have what still runs here."""
        for context in list(self.running):
            with suppress(LeaseLost, Error):
                release_step(context.claim)

    def beat_on(self) -> None:
        while True:
            time.sleep(min(1.0, self.lease / 6))
            self.beat()

    def beat(self) -> None:
        """Renews what is due, and writes down what the steps said; a database that is down is asked again."""
        now = time.monotonic()
        kept = list(self.running.items())
        living = [(context, renewed_at) for context, renewed_at in kept if now < context.gives_up_at]
        due = [context for context, renewed_at in living if now - renewed_at > self.lease / 3]
        try:
            if due:
                renew_leases([context.claim for context in due])
                self.running |= {context: now for context in due if context in self.running}
            for context, _ in kept:
                context.flush()
        except Error as error:
            log.warning("lease_not_renewed", error=repr(error))
            connection.close()
        if not kept:
            connection.close()


hearts: list[Heart] = []


def stop_soon() -> None:
    """Has the steps of this process end or give themselves back; what runs on after a while is given back for them."""
    stopping.set()
    timer = threading.Timer(STOP_SECONDS, give_back_and_exit)
    timer.daemon = True
    timer.start()


def give_back_and_exit() -> None:
    for heart in hearts:
        heart.give_back()
    log.warning("stopped_with_steps_running")
    os._exit(0)


@contextmanager
def keeping(context: Context) -> Iterator[None]:
    """Holds the lease of the context's claim meanwhile."""
    if not hearts or hearts[0].pid != os.getpid():
        hearts[:] = [Heart()]
    running = hearts[0].running
    running[context] = time.monotonic()
    try:
        yield
    finally:
        del running[context]
