"""The form in which the demo's stories are written down."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from shows.models import ReviewStatus, ShotStatus, ShowStatus

WORKDAY_STARTS = time(9, tzinfo=UTC)
WORKDAY = timedelta(hours=9)


@dataclass(frozen=True)
class Said:
    """What somebody said about a version: of `frames`, none, one, or the first and the last."""

    status: ReviewStatus
    speaker: str
    body: str
    frames: tuple[int, ...]


@dataclass(frozen=True)
class Take:
    """A version, and what was said about it."""

    department: str
    comment: str
    said: tuple[Said, ...]


@dataclass(frozen=True)
class ShotPlan:
    """A shot from its first day to its newest, `days` ago both; without takes nobody began, or nobody has it yet."""

    code: str
    description: str
    frames: tuple[int, int]
    days: tuple[int, int]
    artist: str | None = None
    takes: tuple[Take, ...] = ()
    # The status in which it ends, and why, where that is more than what was said last.
    ends: tuple[ShotStatus, str] | None = None

    @property
    def beats(self) -> int:
        """How many things happen to the shot after it was made."""
        said = sum(1 + len(take.said) for take in self.takes)
        return said + bool(self.artist) + bool(self.ends)

    def times(self, today: date) -> Iterator[datetime]:
        """When it was made, and when each thing happened: evenly spread, at working hours, in the past."""
        first, last = self.days
        for beat in range(self.beats + 1):
            ago = first - (first - last) * beat / max(self.beats, 1)
            day = today - timedelta(days=int(ago) + 1)
            yield datetime.combine(day, WORKDAY_STARTS) + WORKDAY * (1 - ago % 1)


@dataclass(frozen=True)
class SequencePlan:
    code: str
    description: str
    shots: tuple[ShotPlan, ...]


@dataclass(frozen=True)
class ShowPlan:
    code: str
    title: str
    sequences: tuple[SequencePlan, ...]
    status: ShowStatus = ShowStatus.ACTIVE
    # The key of a production of the demo's crew.
    production: str | None = None

    @property
    def shots(self) -> list[ShotPlan]:
        return [shot for sequence in self.sequences for shot in sequence.shots]


def take(department: str, comment: str, *said: Said) -> Take:
    return Take(department, comment, said)


def note(speaker: str, body: str, *frames: int) -> Said:
    return Said(ReviewStatus.NOTE, speaker, body, frames)


def revise(speaker: str, body: str, *frames: int) -> Said:
    return Said(ReviewStatus.NEEDS_REVISION, speaker, body, frames)


def approve(speaker: str, body: str, *frames: int) -> Said:
    return Said(ReviewStatus.APPROVED, speaker, body, frames)
