from typing import IO, Any

from pipeline.services import Actor
from pipeline.services.importing.files import text_of
from pipeline.services.importing.orders import Order
from shows.services.imports.timeline import read_timeline
from shows.services.imports.writing import carry_out
from shows.services.writing import demand


def import_timeline(
    show_id: int,
    *,
    file: IO[bytes],
    filename: str = "",
    by: Actor,
    sequence: str | None = None,
    rate: float | None = None,
    dry_run: bool = False,
    partial: bool = False,
) -> dict[str, Any]:
    """Creates and updates the sequence and the shots of a cut, an EDL or OTIO file, with their frame ranges only.

    With errors nothing is written, unless `partial`: then the good shots are. Locks the show and the shots that the
    cut names. Raises NotAllowed, FileTooLarge, ImportRefused for a file, sequence or rate that cannot be read,
    RowsRefused for shots, ImportCollided, Show.DoesNotExist.
    """
    demand(by, "shows.import_shots")
    cut = read_timeline(text_of(file), filename=filename, sequence=sequence, rate=rate)
    order = Order(by, dry_run=dry_run, partial=partial)
    return carry_out(show_id, cut.rows, order, reason="Timeline import", sequence=cut.sequence, rate=cut.rate)
