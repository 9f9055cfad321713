"""What apps above may plug in."""

from typing import Any

_film_inlines: list[Any] = []


def register_film_inline(inline: Any) -> None:
    """`inline` shows what hangs on a film below its form in the admin."""
    _film_inlines.append(inline)


def film_inlines() -> tuple[Any, ...]:
    return tuple(_film_inlines)
