"""Hands messages to the broker, and never holds up or fails who does it."""

import time
from typing import Any

import structlog
from celery import current_app
from django.conf import settings
from kombu.exceptions import KombuError

log = structlog.get_logger(__name__)

# How long nobody tries after the broker did not answer: those in between would each wait for the same refusal.
REST_SECONDS = 2.0


class Circuit:
    """Opens when the broker does not answer, so that the next callers know at once."""

    def __init__(self) -> None:
        self.closed_again_at = 0.0

    @property
    def is_open(self) -> bool:
        return time.monotonic() < self.closed_again_at

    def trip(self) -> None:
        self.closed_again_at = time.monotonic() + REST_SECONDS


circuit = Circuit()


def send(task: str, *, queue: str, **arguments: Any) -> bool:
    """Whether the broker took the message; False, after half a second at most, when it did not."""
    if circuit.is_open:
        return False
    try:
        current_app.send_task(task, kwargs=arguments, queue=queue, retry=False, expires=None)
    except (OSError, KombuError) as error:
        circuit.trip()
        log.warning("broker_down", task=task, error=type(error).__name__)
        return False
    return True


def can_be_asked() -> bool:
    """False in runs that have no broker at all."""
    return bool(settings.CELERY_BROKER_URL)
