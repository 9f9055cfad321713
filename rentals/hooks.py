"""What apps above may plug in."""

from collections.abc import Callable

_demos: list[Callable[[], None]] = []


def register_demo(remove: Callable[[], None]) -> None:
    """`remove` takes a demo's films, customers and rentals away, in the transaction of its caller."""
    _demos.append(remove)


def clear_demo() -> None:
    for remove in _demos:
        remove()
