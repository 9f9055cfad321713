"""What is to be drawn, as it travels between processes."""

from dataclasses import dataclass
from fractions import Fraction
from random import Random

FILM = (24, 1)
NTSC_FILM = (24_000, 1001)


@dataclass(frozen=True)
class Order:
    """A take of a shot: a still, or a clip of so many `frames` from the frame `first` on."""

    show: str
    sequence: str
    shot: str
    version: str
    department: str
    first: int
    media_type: str
    frames: int = 0
    rate: tuple[int, int] = FILM

    @property
    def frame_rate(self) -> Fraction:
        return Fraction(*self.rate)

    def dice(self, purpose: str) -> Random:
        """The same for the same order, whenever and wherever it is drawn."""
        return Random(f"{self.show} {self.sequence} {self.shot} {self.version} {purpose}")  # noqa: S311 - for pictures
