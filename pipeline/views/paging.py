"""A part of a long list, and the way to the others."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

# How many pages beside the shown one have a link of their own.
BESIDE = 2


@dataclass(frozen=True, slots=True)
class Link:
    """`number` is 0 for the gap between far pages."""

    number: int = 0
    title: str = "…"
    address: str = ""
    rel: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list of `total` rows, `size` a page; the first is 1, and what lies behind the end is the last."""

    number: int
    size: int
    total: int
    address: Callable[[int], str]

    @property
    def last(self) -> int:
        return last_page(self.total, self.size)

    @property
    def start(self) -> int:
        return (self.number - 1) * self.size

    @property
    def first_row(self) -> int:
        return self.start + 1 if self.total else 0

    @property
    def last_row(self) -> int:
        return min(self.start + self.size, self.total)

    def cut(self, rows: Any) -> Any:
        return rows[self.start : self.start + self.size]

    @property
    def links(self) -> Iterator[Link]:
        """The one before, the first, those around, the last, the one after."""
        if self.number > 1:
            yield Link(self.number - 1, "Previous", self.address(self.number - 1), "prev")
        before = 0
        for number in self.near():
            if number > before + 1:
                yield Link()
            yield Link(number, str(number), self.address(number))
            before = number
        if self.number < self.last:
            yield Link(self.number + 1, "Next", self.address(self.number + 1), "next")

    def near(self) -> list[int]:
        around = range(max(1, self.number - BESIDE), min(self.last, self.number + BESIDE) + 1)
        return sorted({1, *around, self.last})


def page_of(params: QueryDict, *, total: int, size: int, address: Callable[[int], str]) -> Page:
    asked = params.get("page", "")
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 8 else 1
    return Page(max(1, min(number, last_page(total, size))), size, total, address)


def last_page(total: int, size: int) -> int:
    return max(1, -(-total // size))
