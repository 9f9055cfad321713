"""What the four services were recorded to answer: real files, which are not part of the project."""

import json
import os
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

DATA = Path(os.environ.get("BACKLOT_TEST_DATA") or settings.BASE_DIR.parent / "shared" / "data")


def folder(name: str) -> Path:
    if not (DATA / name).is_dir():
        pytest.skip(f"There is no folder {DATA / name}; BACKLOT_TEST_DATA may name another.")
    return DATA / name


def error_answers() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((folder("errors") / "errors.json").read_text())
    return found


def bodies(source: str) -> dict[str, list[bytes]]:
    """The bodies of each file of a source, by its name; a cassette holds several."""
    return {
        str(path.relative_to(DATA)): bodies_in(path.read_bytes()) for path in sorted(folder(source).rglob("*.json"))
    }


def bodies_in(file: bytes) -> list[bytes]:
    try:
        rows = json.loads(file.decode("utf-8-sig"))
    except json.JSONDecodeError:
        return [file]
    if isinstance(rows, list) and rows and "response" in rows[0]:
        return [json.dumps(row["response"].get("json")).encode() for row in rows]
    return [file]
