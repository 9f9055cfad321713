"""What an import reads from its file, and what it answers."""

from collections import Counter
from collections.abc import Sequence
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
    """A row of a file: `values` holds only the columns that the file sets."""

    line: int
    values: dict[str, Any] = field(default_factory=dict, kw_only=True)
    errors: list[dict[str, str]] = field(default_factory=list, kw_only=True)
    action: Action = field(default=Action.FAILED, kw_only=True)

    @property
    def named(self) -> dict[str, str]:
        """What the answer calls the row by."""
        return {}

    def refuse(self, column: str, message: str, code: str = "invalid") -> None:
        self.errors.append({"field": column, "code": code, "message": message})

    def as_result(self) -> dict[str, Any]:
        named = {key: text[:LONGEST_ECHO] for key, text in self.named.items()}
        return {"line": self.line, "action": self.action, **named, "errors": self.errors}


def outcome(rows: Sequence[Row], *, dry_run: bool, **more: Any) -> dict[str, Any]:
    """The answer: a result for each row, and how many there are of each action."""
    counts = Counter(row.action for row in rows)
    return {
        "dry_run": dry_run,
        **{action.value: counts[action] for action in Action},
        "rows": [row.as_result() for row in rows],
        **more,
    }
