from pathlib import Path

from pipeline.errors import Refusal


class DumpRefused(Refusal):
    """A file that is no dump of Pagila's, or a broken one; `line` says where."""

    status = 400
    code = "dump_refused"
    title = "The dump cannot be imported"

    def __init__(self, detail: str, *, file: Path | None = None, line: int | None = None) -> None:
        where = ", ".join([*([str(file)] if file else []), *([f"line {line}"] if line else [])])
        super().__init__(f"{where}: {detail}" if where else detail, line=line)


class OthersThere(Refusal):
    """Rows that are not the demo's stand where the dump's should go."""

    code = "others_there"

    def __init__(self, tables: list[str]) -> None:
        super().__init__(
            f"There are rows in {', '.join(tables)} that are not the demo's, so nothing was imported. "
            "With --replace all films, customers and rentals are replaced by the dump's.",
            tables=tables,
        )


class DumpNotFetched(Refusal):
    """The public dump could not be had."""

    status = 503
    code = "dump_not_fetched"
    title = "Not available now"
