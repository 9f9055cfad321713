from collections.abc import Callable
from time import monotonic

from django.core.management.base import OutputWrapper

WIDTH = 30
# Called with the stage of the work, how much of it is done, and how much there is (0 where that is not known).
Tell = Callable[[str, int, int], None]


def say_nothing(stage: str, done: int, total: int) -> None:
    """For those who wait without a picture."""


class Progress:
    """Shows each stage of a long work: a bar that is drawn again on a terminal, else a line for each tenth."""

    def __init__(self, stream: OutputWrapper) -> None:
        self.stream = stream
        self.redraws = stream.isatty()
        self.stage = ""
        self.tenth = 0
        self.began = monotonic()

    def __call__(self, stage: str, done: int, total: int) -> None:
        if stage != self.stage:
            self.stage, self.tenth, self.began = stage, 0, monotonic()
        if not total:
            self.stream.write(f"{stage} …")
        elif self.redraws:
            self.draw(done, total)
        elif done * 10 // total > self.tenth:
            self.tenth = done * 10 // total
            self.stream.write(self.line(done, total))

    def draw(self, done: int, total: int) -> None:
        filled = WIDTH * done // total
        bar = f"[{'#' * filled}{'-' * (WIDTH - filled)}]"
        self.stream.write(f"\r{bar} {self.line(done, total)}", ending="\n" if done == total else "")

    def line(self, done: int, total: int) -> str:
        seconds = monotonic() - self.began
        return f"{self.stage:<10}{100 * done // total:>4} % {done:>9,} of {total:,} in {seconds:.0f} s"
