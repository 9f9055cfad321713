"""Which part of a file a request wants, and whether it has that already (RFC 9110, sections 13 and 14)."""

import re
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.http import parse_etags

from pipeline.errors import Refusal

ONE_RANGE = re.compile(r"bytes=[ \t]*(?P<first>[0-9]{0,19})-(?P<last>[0-9]{0,19})[ \t]*", re.ASCII | re.IGNORECASE)


class RangeNotSatisfiable(Refusal):
    """The range begins behind the end of the file."""

    status = 416
    code = "range_not_satisfiable"
    title = "Range not satisfiable"

    def __init__(self, size: int) -> None:
        super().__init__(f"The file has {size} bytes, and the range begins behind them.")
        self.headers = {"Content-Range": f"bytes */{size}"}


@dataclass(frozen=True)
class ByteRange:
    """Bytes from `first` to `last`, both included."""

    first: int
    last: int

    @property
    def length(self) -> int:
        return self.last - self.first + 1


def wanted_range(request: HttpRequest, size: int, etag: str) -> ByteRange | None:
    """The one range of a file of `size` bytes that is asked for; None for all of it.

    Several ranges, and what is no range, ask for all of it; so does an `If-Range` that is not this very file. Raises
    RangeNotSatisfiable.
    """
    header = request.headers.get("Range", "")
    condition = request.headers.get("If-Range", etag)
    return parsed_range(header, size) if condition == etag else None


def parsed_range(header: str, size: int) -> ByteRange | None:
    found = ONE_RANGE.fullmatch(header)
    if found is None or not (found["first"] or found["last"]):
        return None
    if not found["first"]:
        return from_end(int(found["last"]), size)
    first, last = int(found["first"]), int(found["last"] or size)
    if first > last and found["last"]:
        return None
    if first >= size:
        raise RangeNotSatisfiable(size)
    return ByteRange(first, min(last, size - 1))


def from_end(number: int, size: int) -> ByteRange:
    if not number:
        raise RangeNotSatisfiable(size)
    return ByteRange(max(size - number, 0), size - 1)


def is_known(request: HttpRequest, etag: str) -> bool:
    """Whether `If-None-Match` names this very file."""
    known = parse_etags(request.headers.get("If-None-Match", ""))
    return known == ["*"] or etag in [tag.removeprefix("W/") for tag in known]
