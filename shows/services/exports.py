"""A show as a file: a zip of tables."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django.utils import timezone

from pipeline.services import Actor
from pipeline.tables import lines_of
from shows.models import Review, Shot, Show

LINES_AT_ONCE = 500


def export_show(show: Show, target: Path, *, by: Actor, pause: Callable[[], None]) -> dict[str, int]:
    """Writes the show's shots and reviews, as far as the actor may see them, and answers how many there are of each.

    The shots come back unchanged by an import. `pause` is called again and again, and may raise to end the work.
    """
    tables: dict[str, Any] = {
        "shots": Shot.objects.visible_to(by).filter(show=show).order_by("pk"),
        "reviews": Review.objects.visible_to(by).filter(shot__show=show).order_by("pk"),
    }
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        return {name: write(archive, name, rows.as_csv_rows(), pause) for name, rows in tables.items()}


def write(archive: ZipFile, name: str, rows: Any, pause: Callable[[], None]) -> int:
    """Answers the number of rows."""
    written = 0
    entry = ZipInfo(f"{name}.csv", timezone.now().timetuple()[:6])
    entry.compress_type = ZIP_DEFLATED
    with archive.open(entry, "w", force_zip64=True) as file:
        for portion in portions(lines_of(rows)):
            file.write("".join(portion).encode())
            written += len(portion)
            pause()
    # The first line is the header.
    return written - 1


def portions(lines: Iterator[str]) -> Iterator[list[str]]:
    portion: list[str] = []
    for line in lines:
        portion.append(line)
        if len(portion) == LINES_AT_ONCE:
            yield portion
            portion = []
    if portion:
        yield portion
