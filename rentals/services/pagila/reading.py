"""What is in a dump, and where: its sections of rows, found without keeping any of them in memory."""

import gzip
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from rentals.errors import DumpRefused
from rentals.services.pagila.tables import columns_of, table_for

GZIP = b"\x1f\x8b"
LONGEST_LINE = 32 * 1024 * 1024
END_OF_ROWS = b"\\."
END_OF_DUMP = b"-- PostgreSQL database dump complete"
NAME = r'"?(?:\w+)"?'
COPY = re.compile(rf"COPY (?:{NAME}\.)?(?P<table>{NAME}) \((?P<columns>.*)\) FROM stdin;", re.IGNORECASE)
SETVAL = re.compile(
    r"SELECT (?:pg_catalog\.)?setval\('(?:\w+\.)?(?P<sequence>\w+)', (?P<value>\d{1,9}), (?:true|false)\);"
)
ENCODING = re.compile(r"SET client_encoding = '(?P<name>[\w-]+)';")
BROKEN = (EOFError, gzip.BadGzipFile, zlib.error)


@dataclass(frozen=True)
class Section:
    """The rows of one COPY statement: `rows` of them, the first at the byte `offset` of the text, below `line`."""

    file: Path
    table: str
    columns: tuple[str, ...]
    encoding: str
    line: int
    offset: int
    rows: int


@dataclass
class Dump:
    sections: list[Section] = field(default_factory=list)
    sequences: dict[str, int] = field(default_factory=dict)
    inserts: bool = False

    @property
    def rows(self) -> int:
        return sum(section.rows for section in self.sections)


def read_dump(files: list[Path]) -> Dump:
    """The sections of the files that go into tables of ours.

    Raises DumpRefused for a file that cannot be read or is cut off, and for columns that no table of ours has.
    """
    dump = Dump()
    for file in files:
        try:
            FileReader(file, dump).read()
        except BROKEN as error:
            raise DumpRefused("The compressed file is broken or cut off. Fetch it again.", file=file) from error
        except OSError as error:
            raise DumpRefused(f"The file cannot be read: {error.strerror or error}.", file=file) from error
    return dump


def opened(file: Path) -> IO[bytes]:
    """The text of the file, compressed or not: told by its content, not by its name."""
    with file.open("rb") as start:
        is_compressed = start.read(len(GZIP)) == GZIP
    # Whoever opens it closes it.
    return gzip.open(file, "rb") if is_compressed else file.open("rb")  # type: ignore[return-value]


def lines_of(stream: IO[bytes], file: Path, before: int = 0) -> Iterator[tuple[int, bytes]]:
    """The lines with their numbers; `before` lines were read already."""
    number = before
    while line := stream.readline(LONGEST_LINE):
        number += 1
        if len(line) == LONGEST_LINE:
            raise DumpRefused("The line is far too long for a dump of Pagila's.", file=file, line=number)
        yield number, line


class FileReader:
    """Goes through one file, and adds what it finds to the dump."""

    def __init__(self, file: Path, dump: Dump) -> None:
        self.file = file
        self.dump = dump
        self.encoding = "UTF8"
        self.is_whole = True

    def read(self) -> None:
        with opened(self.file) as stream:
            lines = lines_of(stream, self.file)
            for number, line in lines:
                self.read_statement(number, line, lines, stream)
        if not self.is_whole:
            raise DumpRefused("The dump is cut off: its end is missing. Fetch it again.", file=self.file)

    def read_statement(self, number: int, line: bytes, lines: Iterator[tuple[int, bytes]], stream: IO[bytes]) -> None:
        text = line.decode("utf-8", "replace").rstrip()
        if line.startswith(END_OF_DUMP):
            self.is_whole = True
        elif found := COPY.fullmatch(text):
            self.is_whole = False
            self.read_section(number, found, lines, stream.tell())
        elif found := SETVAL.fullmatch(text):
            self.dump.sequences[found["sequence"]] = int(found["value"])
        elif found := ENCODING.fullmatch(text):
            self.encoding = found["name"]
        elif text.startswith("INSERT INTO "):
            self.dump.inserts = True

    def read_section(self, number: int, found: re.Match[str], lines: Iterator[tuple[int, bytes]], offset: int) -> None:
        rows = self.count_rows(found["table"], number, lines)
        table = table_for(found["table"].strip('"'))
        if table:
            columns = tuple(column.strip().strip('"') for column in found["columns"].split(","))
            self.check_columns(table, columns, number)
            self.dump.sections.append(Section(self.file, table, columns, self.encoding, number, offset, rows))

    def count_rows(self, table: str, begins: int, lines: Iterator[tuple[int, bytes]]) -> int:
        number = begins
        for number, line in lines:
            if line.rstrip(b"\r\n") == END_OF_ROWS:
                return number - begins - 1
        raise DumpRefused(
            f"The file ends in the middle of the table {table}. Fetch it again.", file=self.file, line=number
        )

    def check_columns(self, table: str, columns: tuple[str, ...], number: int) -> None:
        unknown = [column for column in columns if column not in columns_of(table)]
        if unknown:
            detail = f"The table {table} has no column {', '.join(unknown)}."
            raise DumpRefused(detail, file=self.file, line=number)
        if len(set(columns)) < len(columns):
            raise DumpRefused(f"A column of the table {table} is named twice.", file=self.file, line=number)
