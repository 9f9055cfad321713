"""What stands in a file of a library: tags, media and menus, each a row of the answer."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Any

import orjson

from catalog.connectors.judging import DEEPEST, storable
from catalog.services.library.transfer.exporting import FORMAT, IN_TABLE, STATE, VERSION
from pipeline.errors import ImportRefused
from pipeline.services.importing.cells import unguarded
from pipeline.services.importing.files import text_of
from pipeline.services.importing.rows import Row
from pipeline.services.importing.table import read_table

TAG, MEDIA, MENU = "tag", "media", "menu"
MOST_ROWS = 20_000
COLUMNS = ("media_id", *IN_TABLE, "sources", *STATE, "tags")
TRUTH = {"true": True, "false": False, "": False}


@dataclass(slots=True)
class Entry(Row):
    """A tag, an item with state and tags, or a menu; `line` is its number in a document."""

    kind: str = MEDIA

    @property
    def named(self) -> dict[str, str]:
        name = self.values.get("title", self.values.get("name", ""))
        return {"kind": self.kind, "title": name if isinstance(name, str) else ""}


def entries_of(file: IO[bytes]) -> list[Entry]:
    """The rows of a file, a JSON document of ours or a CSV table. Raises ImportRefused, FileTooLarge."""
    text = text_of(file)
    found = list(in_document(text) if text.lstrip().startswith("{") else in_table(text))
    if len(found) > MOST_ROWS:
        raise ImportRefused(f"The file has more than {MOST_ROWS} rows. Split it.")
    return found


def in_document(text: str) -> Iterator[Entry]:
    try:
        document = storable(orjson.loads(text), DEEPEST)
    except orjson.JSONDecodeError as error:
        raise ImportRefused(f"The file is no JSON: {error.msg}.", line=error.lineno) from None
    except RecursionError:
        raise ImportRefused("The file is nested too deep.") from None
    if document.get("format") != FORMAT or document.get("version") != VERSION:
        raise ImportRefused(f"The file is no library: its format must be {FORMAT!r}, its version {VERSION}.")
    number = 0
    for kind, part in ((TAG, "tags"), (MEDIA, "media"), (MENU, "menus")):
        for value in listed(document.get(part, []), part):
            number += 1
            yield entry_of(number, kind, value)


def listed(value: Any, part: str) -> list[Any]:
    if not isinstance(value, list):
        raise ImportRefused(f"{part!r} must be a list.")
    return value


def entry_of(number: int, kind: str, value: Any) -> Entry:
    value = {"name": value} if kind == TAG else value
    if isinstance(value, dict):
        return Entry(number, values=value, kind=kind)
    entry = Entry(number, kind=kind)
    entry.refuse(kind, "An object is wanted.")
    return entry


def in_table(text: str) -> Iterator[Entry]:
    table = read_table(text, known=COLUMNS, required=("title", "media_type"))
    for record in table.records:
        cells = {
            column: unguarded(cell)
            for column, cell in zip(table.columns, record.cells, strict=False)
            if column in COLUMNS
        }
        entry = Entry(record.line)
        entry.values = from_cells(cells, entry)
        yield entry


def from_cells(cells: dict[str, str], entry: Entry) -> dict[str, Any]:
    """The same as in a document. Whatever makes no sense is an error of the row."""
    state: dict[str, Any] = {name: cells[name] for name in STATE if cells.get(name)}
    if "favorite" in cells:
        state["favorite"] = truth(cells["favorite"], entry)
    about = {name: cells[name] for name in IN_TABLE if cells.get(name) and name != "creator"}
    return {
        **about,
        "id": cells.get("media_id") or None,
        "sources": [origin(word) for word in cells.get("sources", "").split()],
        "state": state if cells.get("status") else None,
        "tags": next(csv.reader([cells.get("tags", "")]), []),
    }


def truth(cell: str, entry: Entry) -> bool:
    if cell.lower() not in TRUTH:
        entry.refuse("favorite", "Say true or false.")
    return TRUTH.get(cell.lower(), False)


def origin(word: str) -> dict[str, str]:
    name, _, external_id = word.partition(":")
    return {"source_name": name, "external_id": external_id}
