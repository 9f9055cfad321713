from typing import Any

from pipeline.errors import AlreadyExists, NotAllowed, Refusal


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


class MovedOn(Refusal):
    """What somebody did to a shot's status cannot be undone, because it is no longer the last thing done."""

    code = "moved_on"

    def __init__(self, shot: str, status: str) -> None:
        super().__init__(f"{shot} was moved on since, and is {status} now. Set the status that it should have.")


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


class ImportCollided(Refusal):
    """Others changed the same shots while an import ran."""

    code = "import_collided"

    def __init__(self) -> None:
        super().__init__(
            "Somebody changed the same shots while the file was being imported, and nothing was written. Send it again."
        )


class MediaRefused(Refusal):
    """A file that is no picture or video which everybody's browser shows, or that cannot be read."""

    status = 400
    code = "media_refused"
    title = "The file is not taken"

    def __init__(self, detail: str) -> None:
        super().__init__(detail, field="media")


class MediaTooLarge(MediaRefused):
    status = 413
    code = "too_large"
    title = "Too large"

    def __init__(self, most: int) -> None:
        super().__init__(f"The file has more than {most:,} bytes, which is the most that is taken. Send a smaller one.")


class MediaNotStored(Refusal):
    """There is no room, or the storage cannot be reached; nothing was kept."""

    status = 503
    code = "storage_unavailable"
    title = "Not available now"
    headers = {"Retry-After": "60"}

    def __init__(self) -> None:
        super().__init__(
            "The file could not be stored: there is no room, or the storage does not answer. Nothing was kept. "
            "Try again later, or tell your administrator.",
            field="media",
        )
