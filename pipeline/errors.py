"""Refusals: how a rule says no, the same at every door."""

from collections.abc import Mapping
from typing import Any


class Refusal(Exception):
    """A rule refuses a write; nothing was written.

    `detail` tells a person what was refused, why, and what to do. `code` names the refusal for programs, `status` is
    its HTTP status, `headers` are what the answer carries besides, `field` is the input it is about, where there is
    one. `facts` (which booking, which copy) stand in the answer as keys of their own.
    """

    status = 409
    code = "refused"
    title = "Refused by a rule"
    headers: Mapping[str, str] = {}

    def __init__(self, detail: str, *, field: str | None = None, **facts: Any) -> None:
        super().__init__(detail)
        self.detail = detail
        self.field = field
        self.facts = facts


class NotAllowed(Refusal):
    """The caller may see the thing, but not do this to it."""

    status = 403
    code = "permission_denied"
    title = "Not allowed"


class AlreadyExists(Refusal):
    """What must be unique is there already."""

    code = "already_exists"
    title = "Exists already"


class InUse(Refusal):
    """Something hangs on the row that was to be deleted."""

    code = "in_use"
    title = "In use"


class StillHolds(InUse):
    """Rows hang on what was to be deleted; `counts` names them in the plural."""

    def __init__(self, kind: str, way_out: str, **counts: int) -> None:
        holds = ", ".join(f"{name}: {count}" for name, count in counts.items() if count)
        super().__init__(f"The {kind} is still in use ({holds}). {way_out}", holds=counts)


class StaleVersion(Refusal):
    """The row was changed since the caller read it."""

    status = 412
    code = "stale_version"
    title = "Changed since you read it"

    def __init__(self, *, current: int) -> None:
        super().__init__(
            "Somebody changed this since you read it. Fetch it again and repeat your change.", current_version=current
        )


class TryAgain(Exception):
    """What failed may pass: a step or a handler of events raises it to be tried again later."""


class Cancelled(Exception):
    """Somebody cancelled the job while its step was running; raised by `context.check()`."""


class LeaseLost(Exception):
    """Another worker took the step over; whatever this one still does is written nowhere."""


class WorkerStopping(Exception):
    """The worker was told to stop while the step was running; raised by `context.check()`."""


class UnknownPipeline(Refusal):
    """No pipeline of that name can be started here."""

    status = 400
    code = "unknown_pipeline"
    title = "The input has mistakes"

    def __init__(self, name: str) -> None:
        super().__init__(
            f"There is no pipeline {name[:50]!r}. GET /api/v1/pipeline/definitions names those that you may start.",
            field="pipeline",
        )


class JobFinished(Refusal):
    """What has ended cannot be cancelled."""

    code = "job_finished"

    def __init__(self, status: str) -> None:
        super().__init__(f"The job has ended: it is {status}. There is nothing left to cancel.", job_status=status)


class NotRetryable(Refusal):
    """Only a job that failed or was cancelled can be started again from where it stopped."""

    code = "not_retryable"

    def __init__(self, status: str) -> None:
        super().__init__(
            f"The job is {status}. Only a job in error or a cancelled one can be retried; start a new one instead.",
            job_status=status,
        )


class PipelineGone(Refusal):
    """The job's pipeline, or one of its steps, is no longer registered."""

    code = "pipeline_gone"

    def __init__(self, name: str) -> None:
        super().__init__(f"The pipeline {name!r} does not exist any more, so its jobs cannot be run again.")


class ImportRefused(Refusal):
    """A file that cannot be read, or is told to be read in a way that does not fit; `line` says where."""

    status = 400
    code = "import_refused"
    title = "The file cannot be imported"

    def __init__(self, detail: str, *, field: str = "file", line: int | None = None) -> None:
        where = {} if line is None else {"line": line}
        super().__init__(f"Line {line}: {detail}" if line else detail, field=field, **where)


class FileTooLarge(ImportRefused):
    status = 413
    code = "too_large"
    title = "Too large"

    def __init__(self, most: int) -> None:
        super().__init__(f"The file has more than {most} bytes. Split it.")


class RowsRefused(Refusal):
    """Some rows of a file have errors, so none was written; the facts are the answer of the import."""

    status = 400
    code = "rows_refused"
    title = "Rows have errors"

    def __init__(self, outcome: dict[str, Any]) -> None:
        super().__init__(
            f"{outcome['failed']} of {len(outcome['rows'])} rows have errors, and nothing was written. "
            "See rows, or send partial=true to write the others.",
            **outcome,
        )
