"""What apps above may plug in."""

from collections.abc import Callable

from django.utils.module_loading import import_string

_demos: list[str] = []


def register_demo(path: str) -> None:
    """`path` names a function that takes a demo's films, customers and rentals away, in its caller's transaction."""
    if path not in _demos:
        _demos.append(path)


def clear_demo() -> None:
    for path in _demos:
        remove: Callable[[], None] = import_string(path)
        remove()
