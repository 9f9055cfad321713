from typing import IO, Any

from pipeline.services import Actor
from pipeline.services.importing.files import text_of
from pipeline.services.importing.orders import Mode, Order
from shows.services.imports.cells import rows_of
from shows.services.imports.table import read_table
from shows.services.imports.writing import carry_out
from shows.services.writing import demand


def import_shots(
    show_id: int,
    *,
    file: IO[bytes],
    by: Actor,
    mode: Mode = Mode.CREATE,
    dry_run: bool = False,
    partial: bool = False,
) -> dict[str, Any]:
    """Creates and updates shots of a show from a CSV file, and the sequences that are missing.

    Only `sequence` and `code` must be there. A column that is absent leaves its value alone; an empty cell empties
    a description and an assignment, and leaves all else as it is, which for a new shot is the default. Rows that
    change nothing are not written. With errors nothing is written, unless `partial`: then the good rows are.

    Locks the show and the shots that the file names. Raises NotAllowed, FileTooLarge, ImportRefused for a file that
    cannot be read, RowsRefused for rows, ImportCollided, Show.DoesNotExist.
    """
    demand(by, "shows.import_shots")
    table = read_table(text_of(file))
    order = Order(by, mode, dry_run=dry_run, partial=partial, from_spreadsheet=True)
    return carry_out(show_id, rows_of(table), order, reason="CSV import", ignored_columns=table.ignored)
