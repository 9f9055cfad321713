from dataclasses import dataclass
from enum import StrEnum

from pipeline.services import Actor


class Mode(StrEnum):
    CREATE = "create"
    UPDATE = "update"
    UPSERT = "upsert"


@dataclass(frozen=True, slots=True)
class Order:
    """How rows are carried out: whether they may create or change, whether they are written, and for whom."""

    by: Actor
    mode: Mode = Mode.UPSERT
    dry_run: bool = False
    partial: bool = False
    # Spreadsheets turn 0010 into 10; cutting rooms do not.
    from_spreadsheet: bool = False
