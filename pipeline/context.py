"""What a running step has to do with: its params, its log, and whether it should go on."""

import threading
import time
from typing import Any
from uuid import UUID

from django.utils import timezone

from pipeline.errors import Cancelled, LeaseLost, WorkerStopping
from pipeline.models import JobStatus, LogLevel, Step
from pipeline.services.running import Claim, Line, write_lines

# A step may ask as often as it likes; the database is asked no more often than this.
CHECK_SECONDS = 0.5
# Set when this process was told to stop.
stopping = threading.Event()


class Context:
    """Handed to every step. What it says appears in the job's log while it runs, also when its writes do not last."""

    def __init__(self, claim: Claim, *, longest: float) -> None:
        """After `longest` seconds the lease is let go, for a step that hangs would keep it for ever."""
        self.claim = claim
        self.gives_up_at = time.monotonic() + longest
        self.lines: list[Line] = []
        self.writing = threading.Lock()
        self.checked_at = time.monotonic()

    @property
    def job_id(self) -> UUID:
        return self.claim.job_id

    @property
    def params(self) -> dict[str, Any]:
        return self.claim.params

    @property
    def name(self) -> str:
        return self.claim.name

    @property
    def position(self) -> int:
        """From 0."""
        return self.claim.position

    @property
    def attempt(self) -> int:
        """From 1; retried jobs count on."""
        return self.claim.attempt

    def log(self, message: str, *, level: str = LogLevel.INFO) -> None:
        self.lines.append(Line(timezone.now(), LogLevel(level).value, message))

    def check(self) -> None:
        """For steps that take long to ask whether to go on.

        Raises Cancelled when somebody cancelled the job, LeaseLost when another worker took the step over,
        WorkerStopping when this one was told to stop; the step lets them pass.
        """
        if stopping.is_set():
            raise WorkerStopping
        if time.monotonic() - self.checked_at < CHECK_SECONDS:
            return
        self.checked_at = time.monotonic()
        step = Step.objects.filter(pk=self.claim.step, fence=self.claim.fence)
        status = step.values_list("job__state", flat=True).first()
        if status is None:
            raise LeaseLost
        if status == JobStatus.CANCELLING:
            raise Cancelled

    def flush(self) -> None:
        """Writes down what was said since the last time; done every second while a step runs, and at its end."""
        with self.writing:
            lines, self.lines = self.lines, []
            if lines:
                write_lines(self.claim.job, self.claim.name, lines)
