"""Media in a folder of this machine."""

import os
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import BinaryIO

from django.core.files.storage import FileSystemStorage

from pipeline.spans import Span


class LocalMedia(FileSystemStorage):
    """A folder that no server serves; see `pipeline.files.FileStorage`."""

    def put(self, source: Path, name: str) -> None:
        target = Path(self.path(name))
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(source, target)
        # A row must never be safer than its file.
        for written in (target, target.parent):
            sync(written)

    def span(self, name: str, start: int, length: int) -> Span:
        return Span(partial(opened_at, Path(self.path(name)), start), length)

    def remove_all(self, prefix: str) -> None:
        shutil.rmtree(self.path(prefix), ignore_errors=True)

    def folders(self, prefix: str) -> Iterator[tuple[str, datetime]]:
        root = Path(self.path(prefix))
        for folder in root.glob("*/*") if root.is_dir() else ():
            yield folder.name, datetime.fromtimestamp(folder.stat().st_mtime, UTC)


def opened_at(path: Path, start: int) -> BinaryIO:
    file = path.open("rb")
    file.seek(start)
    return file


def sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
