"""The plan of the demo in the size of a big studio: what is numbered, and when it happens, by plain arithmetic."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from shows.models import ShowStatus

# Code, title, status, and the share of the shots in percent.
SHOWS = (
    ("EMBERLINE", "The Ember Line", ShowStatus.ACTIVE, 40),
    ("KILN", "Kiln Street", ShowStatus.ACTIVE, 25),
    ("VELVETIDE", "The Velvet Tide", ShowStatus.ACTIVE, 15),
    ("GRANITE", "Granite Hours", ShowStatus.ON_HOLD, 10),
    ("PLUMWTHR", "Plum Weather", ShowStatus.COMPLETE, 6),
    ("OXBOW", "The Oxbow Ledger", ShowStatus.ARCHIVED, 4),
)
SHOTS_PER_SEQUENCE = 50
REVIEWS_PER_SHOT = 5
SPAN = timedelta(days=730)
# Shots are turned over until here; the youngest is old enough for all of its versions.
TURNED_OVER = 0.9
# Versions of four shots in a row, and how many each has before it.
VERSIONS = (3, 1, 2, 4)
VERSIONS_BEFORE = (0, 3, 4, 6)
VERSION_EVERY = timedelta(days=12)
VERSION_AGE = VERSION_EVERY / SPAN


@dataclass(frozen=True)
class SequencePart:
    """So many shots of a show, by its place in SHOWS."""

    show: int
    number: int
    shots: int

    @property
    def code(self) -> str:
        return f"{SHOWS[self.show][0][:3]}{self.number:04d}"


@dataclass(frozen=True)
class BigStudio:
    """`shots` shots, numbered from 0 in the order of time; the last moment of all is `now`."""

    shots: int
    now: datetime

    @property
    def versions(self) -> int:
        return self.first_version(self.shots)

    @property
    def reviews(self) -> int:
        return self.shots * REVIEWS_PER_SHOT

    def at(self, part: float) -> datetime:
        """The moment when that part of the whole time has passed."""
        return self.now - SPAN * (1 - part)

    def made(self, shot: int) -> float:
        """When the shot was turned over, as a part of the whole time."""
        return TURNED_OVER * shot / self.shots

    def first_version(self, shot: int) -> int:
        """How many versions the shots before this one have."""
        fours, rest = divmod(shot, len(VERSIONS))
        return fours * sum(VERSIONS) + VERSIONS_BEFORE[rest]

    def version_at(self, shot: int, part: float) -> int:
        """The number of the shot's newest version then; 0 before there is one."""
        age = int((part - self.made(shot)) / VERSION_AGE)
        return min(VERSIONS[shot % len(VERSIONS)], age)

    def random_shot(self, part: float, drawn: float) -> int:
        """One of the shots that were there by then; `drawn` is from 0 to below 1."""
        return int(drawn * self.shots * min(1.0, part / TURNED_OVER))

    def frames(self, shot: int) -> tuple[int, int]:
        return 1001, 1048 + shot * 37 % 180

    def sequences(self, rng: Random) -> list[SequencePart]:
        """All sequences, the shows mixed, in the order of time."""
        parts = [part for show, number in enumerate(self._shares()) for part in self._cut(show, number)]
        rng.shuffle(parts)
        return parts

    def _shares(self) -> list[int]:
        small = [self.shots * share // 100 for *_, share in SHOWS[1:]]
        return [self.shots - sum(small), *small]

    def _cut(self, show: int, shots: int) -> Iterator[SequencePart]:
        for number, first in enumerate(range(0, shots, SHOTS_PER_SEQUENCE), 1):
            yield SequencePart(show, number, min(SHOTS_PER_SEQUENCE, shots - first))
