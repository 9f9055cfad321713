"""Byte ranges, as a standard and as browsers mean them."""

import pytest
from django.http import HttpRequest
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from shows.api.ranges import ByteRange, RangeNotSatisfiable, is_known, parsed_range, wanted_range

pytestmark = pytest.mark.unit
SIZES = st.integers(1, 10**12)
NUMBERS = st.integers(0, 2 * 10**12)
ETAG = '"abc"'


def asking(**headers: str) -> HttpRequest:
    return RequestFactory().get("/", headers=headers)


@given(size=SIZES, first=NUMBERS, more=NUMBERS)
def test_a_range_from_a_byte_to_a_byte_is_cut_at_the_end_of_the_file(size: int, first: int, more: int) -> None:
    header = f"bytes={first}-{first + more}"
    if first >= size:
        with pytest.raises(RangeNotSatisfiable):
            parsed_range(header, size)
    else:
        assert parsed_range(header, size) == ByteRange(first, min(first + more, size - 1))


@given(size=SIZES, first=NUMBERS)
def test_a_range_without_an_end_goes_to_the_end_of_the_file(size: int, first: int) -> None:
    assert first >= size or parsed_range(f"bytes={first}-", size) == ByteRange(first, size - 1)


@given(size=SIZES, number=st.integers(1, 2 * 10**12))
def test_a_range_from_the_end_has_so_many_bytes_or_all(size: int, number: int) -> None:
    found = parsed_range(f"bytes=-{number}", size)
    assert found == ByteRange(max(size - number, 0), size - 1)
    assert found.length == min(number, size)


@given(size=SIZES, header=st.one_of(st.text(), st.from_regex(r"bytes=[0-9, \-]*", fullmatch=True)))
def test_whatever_is_sent_lies_in_the_file_or_is_ignored_or_refused(size: int, header: str) -> None:
    try:
        found = parsed_range(header, size)
    except RangeNotSatisfiable:
        return
    assert found is None or 0 <= found.first <= found.last < size


@pytest.mark.parametrize(
    "header",
    ["", "bytes", "bytes=", "bytes=-", "bytes=a-b", "bytes=5-2", "bytes=0-1,4-5", "lines=0-1", "bytes=0-1;",
     "bytes=²-3", "bytes=0 - 1", "bytes=--1", f"bytes={'9' * 400}-"],
)  # fmt: skip
def test_what_is_no_single_range_asks_for_all_of_it(header: str) -> None:
    assert parsed_range(header, 1000) is None


def test_nothing_of_the_end_cannot_be_had() -> None:
    with pytest.raises(RangeNotSatisfiable) as refused:
        parsed_range("bytes=-0", 1000)
    assert refused.value.headers == {"Content-Range": "bytes */1000"}


@pytest.mark.parametrize(
    ("condition", "is_part"),
    [(ETAG, True), ('"other"', False), (f"W/{ETAG}", False), ("Sat, 21 Nov 2026 12:00:00 GMT", False)],
)
def test_if_range_counts_for_this_very_file_only(condition: str, is_part: bool) -> None:
    request = asking(Range="bytes=0-9", **{"If-Range": condition})
    assert (wanted_range(request, 1000, ETAG) is not None) is is_part


@pytest.mark.parametrize(
    ("known", "is_it"), [(ETAG, True), (f'W/"x", W/{ETAG}', True), ("*", True), ('"x"', False), ("", False)]
)
def test_a_browser_that_has_the_file_is_told(known: str, is_it: bool) -> None:
    assert is_known(asking(**{"If-None-Match": known}), ETAG) is is_it
