"""Hands messages to the broker, and never holds up or fails who does it."""

import os
import threading
import time
from typing import Any

import structlog
from celery import current_app
from kombu.exceptions import KombuError

log = structlog.get_logger(__name__)

# How long one try may take, connecting included.
TIMEOUT = 0.3
# How long nobody tries after the broker did not answer: those in between would each wait for the same refusal.
REST_SECONDS = 2.0
# For those who send. Workers wait for a broker as long as it takes.
TRANSPORT = {
    "socket_timeout": TIMEOUT,
    "socket_connect_timeout": TIMEOUT,
    "connect_retries_timeout": TIMEOUT,
    "max_retries": 1,
    "interval_start": 0,
    "interval_step": 0,
    "interval_max": 0,
    # RabbitMQ's names for the same.
    "read_timeout": TIMEOUT,
    "write_timeout": TIMEOUT,
    # It answers each message, for what a socket took may never reach it.
    "confirm_publish": True,
}


class Circuit:
    """Opens when the broker does not answer, so that the next callers know at once."""

    def __init__(self) -> None:
        self.closed_again_at = 0.0

    @property
    def is_open(self) -> bool:
        return time.monotonic() < self.closed_again_at

    def trip(self) -> None:
        self.closed_again_at = time.monotonic() + REST_SECONDS


class Line(threading.local):
    """The connection of one thread; a forked child makes its own."""

    pid = 0
    producer: Any = None
    errors: tuple[type[Exception], ...] = (OSError, KombuError)

    def open(self) -> Any:
        if self.producer is None or self.pid != os.getpid():
            connection = current_app.connection_for_write(transport_options=TRANSPORT, connect_timeout=TIMEOUT)
            self.errors = (OSError, KombuError, *connection.connection_errors, *connection.channel_errors)
            self.producer, self.pid = connection.Producer(auto_declare=False), os.getpid()
        return self.producer

    def drop(self) -> None:
        self.producer = None


circuit = Circuit()
line = Line()


def send(task: str, *, queue: str, **arguments: Any) -> bool:
    """Whether the broker took the message; False, after half a second at most, when it did not."""
    if circuit.is_open:
        return False
    producer = line.open()
    try:
        current_app.send_task(task, kwargs=arguments, queue=queue, producer=producer, retry=False)
    except line.errors as error:
        circuit.trip()
        line.drop()
        log.warning("broker_down", task=task, error=type(error).__name__)
        return False
    return True
