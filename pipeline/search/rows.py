"""Which rows an event of the search is about: ids as PostgreSQL writes a multirange, `{[1,5),[9,10)}`."""

import re
from collections.abc import Iterable, Iterator
from itertools import chain, islice

RANGE = re.compile(r"\[(-?\d+),(-?\d+)\)")


def ranges_of(rows: str) -> list[range]:
    return [range(int(first), int(end)) for first, end in RANGE.findall(rows)]


def written(ranges: Iterable[range]) -> str:
    return "{" + ",".join(f"[{part.start},{part.stop})" for part in ranges) + "}"


def size_of(ranges: Iterable[range]) -> int:
    return sum(map(len, ranges))


def chunks(ranges: Iterable[range], size: int) -> Iterator[list[int]]:
    """The ids in lists of at most `size`, none twice in a list."""
    ids = chain.from_iterable(ranges)
    while chunk := list(islice(ids, size)):
        yield sorted(set(chunk))


def pieces(ranges: Iterable[range], size: int) -> Iterator[range]:
    """The ranges cut into such of at most `size` ids."""
    for part in ranges:
        for start in range(part.start, part.stop, size):
            yield range(start, min(start + size, part.stop))
