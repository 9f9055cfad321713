from typing import Any

from pipeline.errors import AlreadyExists, InUse, NotAllowed, Refusal


class CodeTaken(AlreadyExists):
    """Codes are unique in their parent regardless of case."""

    def __init__(self, kind: str, code: str, parent: str = "") -> None:
        where = f" in {parent}" if parent else ""
        super().__init__(f"There is a {kind} {code!r}{where} already. Choose another code.", field="code")


class StatusNotAllowed(NotAllowed):
    """The status is for others to set, or to take away."""

    code = "status_not_allowed"

    def __init__(self, status: str) -> None:
        super().__init__(
            f"You may not set the status {status!r} here. An artist moves own shots among pending, in_progress and "
            "review; approved, final, on_hold and omitted are set by supervisors, coordinators and producers.",
            field="status",
        )


class ShotSettled(NotAllowed):
    """An artist may not take a shot out of a status in which it is decided."""

    code = "shot_settled"

    def __init__(self, status: str) -> None:
        super().__init__(f"The shot is {status}. Ask a supervisor or a coordinator to open it again.", field="status")


class StillHolds(InUse):
    """Rows hang on what was to be deleted."""

    def __init__(self, kind: str, way_out: str, **counts: int) -> None:
        holds = ", ".join(f"{name}: {count}" for name, count in counts.items() if count)
        super().__init__(f"The {kind} is not empty ({holds}). {way_out}", holds=counts)


class BulkRefused(Refusal):
    """One of many was refused, so none was changed."""

    code = "bulk_refused"

    def __init__(self, results: list[dict[str, Any]]) -> None:
        failed = sum(not result["ok"] for result in results)
        super().__init__(
            f"{failed} of {len(results)} shots cannot be changed so, and nothing was written. "
            "See results, or send atomic: false to change the others.",
            results=results,
        )
