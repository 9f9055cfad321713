from collections.abc import Callable
from typing import Protocol

from pipeline.services import Actor


class Standing(Protocol):
    """Who is behind a socket, as it is now: what stands here is at most a few seconds old."""

    # Called when somebody is no longer signed in, or may do something else than before.
    on_change: Callable[[], None]

    @property
    def user(self) -> Actor | None:
        """None where nobody is signed in, or not any more."""

    @property
    def is_sure(self) -> bool:
        """False while it cannot be found out whether all that still holds."""
