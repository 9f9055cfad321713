"""How far a show has come: its shots by what their status means."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from shows.models import Shot, ShotMeaning, ShotStatus

# From what is finished to what cannot go on, as the bar is drawn.
ORDER = (ShotMeaning.DONE, ShotMeaning.IN_PROGRESS, ShotMeaning.NOT_STARTED, ShotMeaning.BLOCKED)


@dataclass(frozen=True, slots=True)
class Part:
    """`start` and `width` are percents of the bar."""

    meaning: str
    title: str
    count: int
    start: float
    width: float


@dataclass(frozen=True, slots=True)
class Progress:
    by_status: Mapping[str, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        return sum(self.by_status.values())

    @property
    def done_percent(self) -> int:
        """Rounded down: a hundred is said only when all is done."""
        return 100 * self.count_of(ShotMeaning.DONE) // self.total if self.total else 0

    @property
    def statuses(self) -> list[tuple[ShotStatus, int]]:
        return [(status, self.by_status[status]) for status in ShotStatus if self.by_status.get(status)]

    @property
    def parts(self) -> list[Part]:
        found: list[Part] = []
        start = 0.0
        for meaning in ORDER:
            count = self.count_of(meaning)
            width = 100 * count / self.total if count else 0.0
            if count:
                found.append(Part(meaning.value, str(meaning.label).lower(), count, round(start, 2), round(width, 2)))
            start += width
        return found

    def count_of(self, meaning: ShotMeaning) -> int:
        return sum(count for status, count in self.by_status.items() if ShotStatus(status).meaning is meaning)


def progress_by_show(show_ids: Iterable[int]) -> dict[int, Progress]:
    """One query; shows without shots are there too."""
    counts: dict[int, dict[str, int]] = {show_id: {} for show_id in show_ids}
    rows: Any = Shot.objects.filter(show__in=counts).count_by_status()
    for row in rows:
        counts[row["show_id"]][row["status"]] = row["n"]
    return {show_id: Progress(by_status) for show_id, by_status in counts.items()}
