"""Folders and starts for the tests of the local default."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from config.embedded.tests.studio import Studio


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that other users may enter, which pytest's own are not; its path has blanks."""
    folder = Path(tempfile.mkdtemp(prefix="backlot test with blanks "))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def data() -> Iterator[Path]:
    """The data folder that the tests of one module share, so that only the first of them has to migrate."""
    folder = Path(tempfile.mkdtemp(prefix="backlot test with blanks "))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def studio(data: Path) -> Iterator[Studio]:
    found = Studio(data)
    yield found
    found.close()
