"""Where the parts of a plot stand: in percent of its picture, so that its words keep their size on any screen."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from math import ceil, floor, log10

# The room that the marks have; the numbers stand left of it, the labels below.
LEFT, TOP, BOTTOM = 9.0, 6.0, 87.0
LABELS = 6
TICKS = 4
ROUND = (1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10)
# Strokes that tell series apart without colour, on a tile of six by six; none fills it.
STROKES = ("", "M0 6 6 0", "M0 3H6", "M0 0 6 6", "M3 0V6", "M0 3H6M3 0V6", "M3 3h.01")


@dataclass(frozen=True, slots=True)
class Series:
    """A number for each label; `tone` names a colour of the tokens."""

    name: str
    values: Sequence[float]
    tone: str = "info"


@dataclass(frozen=True, slots=True)
class Box:
    """A part of a column; `words` say what it stands for."""

    x: str
    y: str
    width: str
    height: str
    mark: str
    words: str


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a line, between two labels."""

    x1: str
    y1: str
    x2: str
    y2: str
    tone: str
    number: int


@dataclass(frozen=True)
class Plot:
    """Columns, each with its series upon another, or a line a series. `name` is its place in the page's ids."""

    name: str
    title: str
    labels: Sequence[str]
    series: Sequence[Series]
    is_lines: bool = False
    unit: str = ""
    help: str = ""

    @property
    def is_empty(self) -> bool:
        return not any(any(series.values) for series in self.series)

    @cached_property
    def top(self) -> float:
        """What the upper edge stands for: a round number that nothing exceeds."""
        values = [series.values for series in self.series]
        sums = [max(column) if self.is_lines else sum(column) for column in zip(*values, strict=True)]
        return round_up(max(sums, default=0))

    @property
    def marks(self) -> list[tuple[str, str, str]]:
        """Of each series: the id of its pattern, the strokes in it, and its tone."""
        return [
            (f"{self.name}-{number}", STROKES[number % len(STROKES)], series.tone)
            for number, series in enumerate(self.series)
        ]

    @property
    def legend(self) -> list[tuple[str, str, str, int]]:
        """Of each series: its name, the id of its pattern, its tone and its number."""
        return [(series.name, f"{self.name}-{n}", series.tone, n) for n, series in enumerate(self.series)]

    @property
    def ticks(self) -> list[tuple[str, str]]:
        """Lines across, with their numbers."""
        return [(percent(self.height_of(value)), spoken(value)) for value in self.steps]

    @property
    def steps(self) -> list[float]:
        return [self.top * number / TICKS for number in range(TICKS + 1)]

    @property
    def shown_labels(self) -> list[tuple[str, str]]:
        """As many as have room."""
        each = ceil(len(self.labels) / LABELS) or 1
        return [(percent(self.middle_of(at)), self.labels[at]) for at in range(0, len(self.labels), each)]

    @property
    def boxes(self) -> list[Box]:
        return [box for at in range(len(self.labels)) for box in self.column(at)]

    def column(self, at: int) -> list[Box]:
        wide, found, below = self.slot * 0.76, [], 0.0
        for number, series in enumerate(self.series):
            value = max(series.values[at], 0)
            upper, lower = self.height_of(below + value), self.height_of(below)
            below += value
            if value:
                words = f"{self.labels[at]}, {series.name}: {spoken(value)} {self.unit}".strip()
                x = percent(self.middle_of(at) - wide / 2)
                box = Box(x, percent(upper), percent(wide), percent(lower - upper), f"{self.name}-{number}", words)
                found.append(box)
        return found

    @property
    def stretches(self) -> list[Stretch]:
        return [
            Stretch(
                percent(self.middle_of(at)), percent(self.height_of(series.values[at])),
                percent(self.middle_of(at + 1)), percent(self.height_of(series.values[at + 1])), series.tone, number,
            )
            for number, series in enumerate(self.series)
            for at in range(len(self.labels) - 1)
        ]  # fmt: skip

    @property
    def rows(self) -> list[tuple[str, list[str]]]:
        """The numbers, for the table beneath."""
        return [(label, [spoken(s.values[at]) for s in self.series]) for at, label in enumerate(self.labels)]

    @property
    def slot(self) -> float:
        return (100 - LEFT) / max(len(self.labels), 1)

    def middle_of(self, at: int) -> float:
        return LEFT + self.slot * (at + 0.5)

    def height_of(self, value: float) -> float:
        return BOTTOM - (BOTTOM - TOP) * value / self.top


def round_up(value: float) -> float:
    """A round number that is not less, whose quarters are whole and read well."""
    quarter = max(value / TICKS, 1)
    power = 10.0 ** floor(log10(quarter))
    found = next(power * times for times in ROUND if power * times >= quarter)
    return float(TICKS * ceil(found))


def percent(part: float) -> str:
    return f"{part:.2f}%"


def spoken(value: float) -> str:
    """Whole numbers without a point, others with one digit."""
    return f"{value:,.0f}" if value == int(value) else f"{value:,.1f}"
