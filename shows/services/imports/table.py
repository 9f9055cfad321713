"""Which columns a table of shots has."""

from pipeline.services.importing import table
from pipeline.services.importing.table import Table

REQUIRED = ("sequence", "code")
COLUMNS = (
    *REQUIRED,
    *("status", "assigned_to", "frame_start", "frame_end", "description", "head_handle", "tail_handle"),
)


def read_table(text: str) -> Table:
    """Raises ImportRefused, with the line, for a file that is no table of shots."""
    return table.read_table(text, known=COLUMNS, required=REQUIRED)
