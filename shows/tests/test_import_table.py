from io import BytesIO

import pytest
from django.conf import LazySettings

from pipeline.errors import FileTooLarge, ImportRefused
from pipeline.services.importing.files import text_of
from pipeline.services.importing.table import Table
from shows.services.imports.table import read_table

pytestmark = pytest.mark.unit


def table(data: str | bytes) -> Table:
    return read_table(text_of(BytesIO(data if isinstance(data, bytes) else data.encode())))


def refusal(data: str | bytes) -> ImportRefused:
    with pytest.raises(ImportRefused) as refused:
        table(data)
    return refused.value


def test_a_record_has_the_line_on_which_it_begins() -> None:
    found = table('\r\nsequence,code,description\r\nA,1,"two\nlines"\r\n\r\n,,\r\nA,2,"three\r\nmore\rlines"\nA,3,x')
    assert [(record.line, record.cells[1]) for record in found.records] == [(3, "1"), (7, "2"), (10, "3")]


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_commas_semicolons_and_tabs_separate(mark: str) -> None:
    found = table(f'Sequence{mark} CODE {mark}"note"\r\nSQ{mark}SH{mark}a,b;c\r\n'.replace(f"a{mark}", "a"))
    assert (found.columns, found.records[0].cells[:2]) == (["sequence", "code", "note"], ["SQ", "SH"])


def test_a_byte_order_mark_belongs_to_no_column() -> None:
    assert table("\ufeffsequence,code\n").columns == ["sequence", "code"]


def test_columns_that_we_do_not_know_are_named() -> None:
    assert table("id,sequence,code,colour,,\n").ignored == ["id", "colour"]


@pytest.mark.parametrize("data", ["", " \r\n\t", "\ufeff", ",,\n,,\n"])
def test_an_empty_file_is_refused(data: str) -> None:
    assert refusal(data).detail == "The file is empty."


@pytest.mark.parametrize(
    ("data", "line", "words"),
    [
        ("sequence,code,Code\n", 1, "twice: code"),
        ("\nsequence,description\n", 2, "lacks these columns: code"),
        ("shot\n", 1, "lacks these columns: sequence, code"),
        ('sequence,code\nA,1\nA,"2\nA,3\n', 3, "quote"),
        ('sequence,code\nA,"1"x\n', 2, "quote"),
        (f"sequence,code\nA,{'x' * 140_000}\n", 2, "longer than"),
        ("sequence,code\nA,\x001\n", 2, "NUL"),
        (b"sequence,code\nA,1\nA,caf\xe9\n", 3, "Byte 24 of the file is not UTF-8"),
        ("sequence,code\n".encode("utf-16"), 1, "UTF-16"),
        ("sequence,code\n".encode("utf-16-le"), 1, "UTF-16"),
        (b"\x89PNG\r\n\x1a\n", 1, "not UTF-8"),
    ],
)
def test_a_file_that_is_no_table_of_shots_is_refused_with_the_line(data: str | bytes, line: int, words: str) -> None:
    refused = refusal(data)
    assert refused.facts == {"line": line}
    assert words in refused.detail


def test_a_file_that_is_too_large_is_refused(settings: LazySettings) -> None:
    settings.IMPORT_MAX_BYTES = 14
    assert table("sequence,code\n").records == []
    with pytest.raises(FileTooLarge):
        table("sequence,code\n\n")


def test_a_file_with_too_many_rows_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.services.importing.table.MOST_ROWS", 2)
    assert len(table("sequence,code\nA,1\nA,2\n").records) == 2
    assert refusal("sequence,code\nA,1\nA,2\nA,3\n").facts == {"line": 4}
