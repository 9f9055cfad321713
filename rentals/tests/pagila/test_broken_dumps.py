import gzip
from pathlib import Path
from typing import Any

import pytest

from catalog.models import Film
from rentals.errors import DumpRefused
from rentals.models import Rental
from rentals.services.pagila import import_dump
from rentals.tests.pagila.conftest import Imported, keep_all
from rentals.tests.pagila.dumps import ROWS, changed, dump

TEXT = dump()


def line_of(words: str, text: str = TEXT) -> int:
    return text[: text.index(words)].count("\n") + 1


def without(table: str) -> str:
    return dump({name: of_table for name, of_table in ROWS.items() if name != table})


IN_FILM = "In the table film"
IN_RENTAL = "In the table rental"
CUT = {
    "in a table": (TEXT[: TEXT.index("THE TIDE")], "ends in the middle of the table film"),
    "after a table": (TEXT[: TEXT.index("COPY public.inventory")], "cut off: its end is missing"),
    "no dump": ("all: install\n\tmake up\n", "no dump of Pagila's"),
    "empty": ("", "no dump of Pagila's"),
    "inserts": ("INSERT INTO film VALUES (1, 'THE HARBOUR');\n", "in COPY form"),
    "a table is missing": (without("rental"), "lacks the tables rental"),
    "an unknown column": (TEXT.replace("(film_id, title,", "(film_id, titel,"), "film has no column titel"),
    "a column twice": (TEXT.replace("(film_id, title,", "(film_id, film_id,"), "named twice"),
}
WRONG = {
    "a row twice": (("film", "2\tTHE TIDE", "1\tTHE TIDE"), f"{IN_FILM} the row stands there twice"),
    "a word for a number": (("film", "\t48\t", "\tlong\t"), f"{IN_FILM} the column length is no value of its type"),
    "a rating that is none": (("film", "NC-17", "NC-99"), f"{IN_FILM} the column rating is no value of its type"),
    "no title": (("film", "THE TIDE", "\\N"), f"{IN_FILM} the column title lacks a value"),
    "too many cells": (("film", "'tide':2", "'tide':2\t1"), f"{IN_FILM} the row has too many or too few columns"),
    "too few cells": (("film", "\t\\N\t'tide':2", ""), f"{IN_FILM} the row has too many or too few columns"),
    "a huge number": (("film", "12.99", "1e9"), f"{IN_FILM} the column replacement_cost is too large or too small"),
    "a year of no film": (("film", "2006", "1066"), f"{IN_FILM} the column release_year breaks a rule"),
    "no such language": (("film", "1\t\\N\t3", "7\t\\N\t3"), "language_id of a row refers to one that the dump"),
    "no such original language": (("film", "1\t\\N\t3", "1\t7\t3"), "original_language_id of a row refers to one"),
    "an impossible date": (("rental", "2022-07-01", "2022-02-31"), f"{IN_RENTAL} the column rental_date is no date"),
    "reversed dates": (("rental", "2022-07-03", "2022-06-03"), f"{IN_RENTAL} the row ends before it begins"),
    "a copy out twice": (("rental", "2022-07-03 10:00:00+00", "\\N"), "the row is of a copy that is out already"),
    "no such copy": (("rental", "00+00\t1\t2", "00+00\t8\t2"), "refers to a row that the dump does not hold"),
}
BROKEN = CUT | {name: (changed(*change), message) for name, (change, message) in WRONG.items()}


@pytest.mark.parametrize(("content", "message"), BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_dump_is_refused_and_leaves_the_database_as_it_was(
    imported: Imported, content: str, message: str
) -> None:
    imported()
    with pytest.raises(DumpRefused, match=message):
        imported(content, replace=True)
    assert (Film.objects.count(), Rental.objects.count()) == (2, 3)


@pytest.mark.parametrize("words", ["THE TIDE", "2022-07-01"])
def test_the_refusal_names_the_line(imported: Imported, words: str) -> None:
    with pytest.raises(DumpRefused) as caught:
        imported(TEXT.replace(words, "\\N"))
    assert caught.value.facts["line"] == line_of(words)


def test_the_lines_of_a_broken_reference_are_named(imported: Imported) -> None:
    first = line_of("1\tTHE HARBOUR")
    with pytest.raises(DumpRefused, match=rf"lines {first} to {first + 1}"):
        imported(changed("film", "1\t\\N\t3", "7\t\\N\t3"))


def test_bytes_that_are_no_text_are_refused(imported: Imported) -> None:
    with pytest.raises(DumpRefused, match="not in the dump's encoding"):
        imported(TEXT.encode().replace(b"THE TIDE", b"THE TIDE \xff\xfe"))


def test_a_dump_in_another_encoding_is_read_in_it(imported: Imported) -> None:
    latin = TEXT.replace("UTF8", "LATIN1").replace("THE TIDE", "LA MARÉE")
    imported(latin.encode("latin-1"))
    assert Film.objects.get(pk=2).title == "LA MARÉE"


@pytest.mark.parametrize("damage", [lambda packed: packed[:-40], lambda packed: packed[:60] + b"xxxx" + packed[64:]])
def test_a_compressed_file_that_is_broken_is_refused(imported: Imported, damage: Any) -> None:
    with pytest.raises(DumpRefused, match="compressed file is broken or cut off"):
        imported(damage(gzip.compress(TEXT.encode())))


def test_a_file_that_is_not_there_is_refused(tmp_path: Path, db: None) -> None:
    for file in (tmp_path / "nowhere.sql", tmp_path):
        with pytest.raises(DumpRefused, match="cannot be read"):
            import_dump([file], clear_demo=keep_all)


@pytest.mark.security
def test_an_endless_line_is_not_kept_in_memory(imported: Imported, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rentals.services.pagila.reading.LONGEST_LINE", 1000)
    with pytest.raises(DumpRefused, match="far too long"):
        imported(TEXT.replace("THE TIDE", "THE TIDE " * 200))
