"""Stores the demo's pictures and clips as if somebody had handed them in."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

from shows.services.demo.drawn import drawn, facts_of, name_of
from shows.services.demo.orders import orders_of
from shows.services.demo.seeding import SHOWS
from shows.services.media.probing import read_facts
from shows.services.media.storage import Part
from shows.services.media.storing import Media, store, work_folder


class DemoMedia:
    """Stored media of every take: for each shot of the plan a list."""

    def __init__(self) -> None:
        self.takes: list[list[Media]] = []

    def discard(self) -> None:
        """Removes the files, when no rows came to name them."""
        for media in self.takes:
            for take in media:
                take.discard()


@contextmanager
def stored_takes() -> Iterator[DemoMedia]:
    """Media of the demo's takes, for rows that are written inside; the files go when that fails.

    Drawing takes seconds the first time, so no transaction should be open yet.
    """
    media, orders = DemoMedia(), orders_of(SHOWS)
    folder = drawn(orders)
    facts = facts_of(folder)
    try:
        for of_shot in orders:
            media.takes.append([])
            for order in of_shot:
                name = name_of(order)
                media.takes[-1].append(stored(folder / name, facts[name]))
        yield media
    except BaseException:
        media.discard()
        raise


def stored(drawing: Path, facts: dict[str, Any]) -> Media:
    media = Media(uuid4(), read_facts(facts), (drawing / Part.MEDIA).stat().st_size)
    with work_folder(media.key) as folder:
        shutil.copytree(drawing, folder, dirs_exist_ok=True)
        store(media, folder)
    return media
