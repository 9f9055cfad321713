"""Days as places on a line: what the schedule draws, in percent of its width."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from itertools import pairwise

SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Zoom:
    """So many days at once; a step further is so many, and today stands so many after the first."""

    name: str
    title: str
    days: int
    step: int
    before: int


ZOOMS = {
    zoom.name: zoom
    for zoom in (
        Zoom("day", "Days", 42, 14, 7),
        Zoom("week", "Weeks", 126, 28, 14),
        Zoom("month", "Months", 365, 91, 31),
    )
}


@dataclass(frozen=True, slots=True)
class Piece:
    """From where on, how wide, and what stands in it."""

    x: str
    width: str
    words: str = ""


@dataclass(frozen=True)
class Span:
    """The days that are shown, both ends included."""

    start: date
    zoom: Zoom

    @property
    def end(self) -> date:
        return self.start + timedelta(days=self.zoom.days - 1)

    def holds(self, day: date) -> bool:
        return self.start <= day <= self.end

    def at(self, day: date) -> str:
        """Where a day begins."""
        return percent((day - self.start).days, self.zoom.days)

    def piece(self, first: date, last: date | None, words: str = "") -> Piece:
        """What of some days can be seen; no last day is for ever."""
        begin = max(first, self.start)
        finish = min(last or self.end, self.end)
        return Piece(self.at(begin), percent((finish - begin).days + 1, self.zoom.days), words)

    @cached_property
    def days(self) -> list[date]:
        return [self.start + timedelta(days=number) for number in range(self.zoom.days)]

    @property
    def years_or_months(self) -> list[Piece]:
        """The upper line of the head."""
        if self.zoom.name == "month":
            return self.pieces(lambda day: (day.month, day.day) == (1, 1), "%Y")
        return self.pieces(lambda day: day.day == 1, "%B %Y")

    @property
    def units(self) -> list[Piece]:
        """The lower line: days, weeks by their Mondays, or months."""
        if self.zoom.name == "month":
            return self.pieces(lambda day: day.day == 1, "%b")
        if self.zoom.name == "week":
            return self.pieces(lambda day: day.weekday() == 0, "%-d %b")
        return self.pieces(lambda day: True, "%-d")

    @property
    def weekends(self) -> list[Piece]:
        """Saturdays with their Sundays; in a year they would be noise."""
        if self.zoom.name == "month":
            return []
        free = [
            day for day in self.days if day.weekday() == SATURDAY or (day.weekday() > SATURDAY and day == self.start)
        ]
        return [self.piece(day, day + timedelta(days=6 - day.weekday())) for day in free]

    def pieces(self, begins: Callable[[date], bool], form: str) -> list[Piece]:
        """The days in parts, a new one wherever a day begins one."""
        return list(self.cut([day for day in self.days[1:] if begins(day)], form))

    def cut(self, breaks: list[date], form: str) -> Iterator[Piece]:
        after = self.end + timedelta(days=1)
        for first, following in pairwise([self.start, *breaks, after]):
            yield self.piece(first, following - timedelta(days=1), first.strftime(form))

    def moved(self, steps: int) -> date:
        return within(self.start.toordinal() + steps * self.zoom.step, self.zoom)


def span_of(zoom: Zoom, wished: date | None, today: date) -> Span:
    """From the wished day, or so that today is near the left: from a Monday, in a year from the first of a month."""
    if wished:
        return Span(within(wished.toordinal(), zoom), zoom)
    first = today - timedelta(days=zoom.before)
    monday = first - timedelta(days=first.weekday())
    return Span(first.replace(day=1) if zoom.name == "month" else monday, zoom)


def within(ordinal: int, zoom: Zoom) -> date:
    """The nearest day from which so many days are dates that can be stored."""
    last = date.max.toordinal() - zoom.days - 1
    return date.fromordinal(min(max(ordinal, date.min.toordinal()), last))


def percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.4f}%"
