from collections.abc import Callable
from pathlib import Path

import pytest

from rentals.services.pagila import import_dump
from rentals.tests.pagila.dumps import dump

Imported = Callable[..., dict[str, int]]


def keep_all() -> None:
    """There is no demo."""


@pytest.fixture
def imported(tmp_path: Path, db: None) -> Imported:
    """`imported(text)` loads a dump of that text; `replace=True` in place of everything."""

    def load(content: str | bytes = dump(), *, replace: bool = False) -> dict[str, int]:
        file = tmp_path / "dump.sql"
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        return import_dump([file], clear_demo=keep_all, replace=replace)

    return load
