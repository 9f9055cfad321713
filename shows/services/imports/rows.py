"""What an import reads from its file, and what it answers."""

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

LONGEST_ECHO = 100


class Action(StrEnum):
    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    FAILED = "failed"


@dataclass(slots=True)
class Row:
    """A shot as the file has it: `values` holds only the columns that the file sets."""

    line: int
    sequence: str
    code: str
    values: dict[str, Any] = field(default_factory=dict)
    errors: list[dict[str, str]] = field(default_factory=list)
    action: Action = Action.FAILED

    @property
    def key(self) -> tuple[str, str]:
        """Codes are the same regardless of case."""
        return self.sequence.upper(), self.code.upper()

    def refuse(self, column: str, message: str, code: str = "invalid") -> None:
        self.errors.append({"field": column, "code": code, "message": message})

    def as_result(self) -> dict[str, Any]:
        return {"line": self.line, "action": self.action, "code": self.code[:LONGEST_ECHO], "errors": self.errors}


def outcome(rows: list[Row], *, dry_run: bool, **more: Any) -> dict[str, Any]:
    """The answer: a result for each row, and how many there are of each action."""
    counts = Counter(row.action for row in rows)
    return {
        "dry_run": dry_run,
        **{action.value: counts[action] for action in Action},
        "rows": [row.as_result() for row in rows],
        **more,
    }
