"""What our lists export as CSV imports again unchanged."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crew.tests.factories import CrewMemberFactory
from pipeline.services.importing.cells import GUARDED, unguarded
from pipeline.tables import FORMULA, cell, lines
from shows.models import Change, Shot
from shows.services.imports.cells import rows_of
from shows.services.imports.rows import Row
from shows.services.imports.table import read_table
from shows.tests.factories import SequenceFactory, ShotFactory
from shows.tests.importing import counts, from_csv

TEXTS = st.text(st.one_of(st.sampled_from("=+-@'\t\r\n\",; "), st.characters(exclude_categories=["Cs"])), max_size=20)
ANY_TEXT = TEXTS.filter(lambda text: "\0" not in text)
CODES = st.from_regex(r"[A-Za-z0-9_.\-]{1,20}", fullmatch=True)
COLUMNS = ("sequence", "code", "description", "frame_start")


def exported(rows: list[dict[str, Any]]) -> str:
    return "".join(lines(rows, COLUMNS))


@pytest.mark.unit
def test_imports_take_off_the_apostrophe_that_exports_put_before() -> None:
    assert GUARDED == FORMULA


@pytest.mark.unit
@given(ANY_TEXT)
def test_what_is_guarded_is_unguarded_exactly(text: str) -> None:
    assert unguarded(cell(text)) == text


@pytest.mark.unit
@given(CODES, CODES, ANY_TEXT, st.integers(-(2**31), 2**31 - 1))
def test_what_is_exported_is_read_again_exactly(sequence: str, code: str, description: str, frame: int) -> None:
    values = dict(zip(COLUMNS, (sequence, code, description, frame), strict=True))
    row: Row = rows_of(read_table(exported([values])))[0]
    assert (row.line, row.errors, row.sequence, row.code) == (2, [], sequence, code)
    assert row.values == {"description": description, "frame_start": frame}


@pytest.mark.django_db
def test_an_exported_show_imports_again_unchanged() -> None:
    shots = ShotFactory.create_batch(3, sequence=SequenceFactory(code="-010"), status="final", head_handle=8)
    Shot.objects.filter(pk=shots[0].pk).update(
        assigned_to=CrewMemberFactory(), description='\'=1+1\r\n"x"', frame_start=-5
    )
    queryset = Shot.objects.order_by("pk").as_csv_rows()
    text = "".join(lines(queryset, [*queryset.query.values_select, *queryset.query.annotation_select]))
    Change.objects.all().delete()
    answer = from_csv(shots[0].show, text, "upsert")
    assert (counts(answer), Change.objects.count()) == ((0, 0, 3, 0), 0)
    assert answer["ignored_columns"] == ["id", "show", "created_at", "updated_at", "assigned_to_name"]
