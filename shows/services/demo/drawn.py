"""The demo's pictures and clips on disk: drawn once by processes of their own, and kept beside the media."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from typing import Any

from django.conf import settings

from shows.services import drawing
from shows.services.drawing.order import Order
from shows.services.media.probing import PROJECT

COMMAND = (sys.executable, "-m", drawing.__name__)
FACTS = "facts.json"
# A still takes as long as so many frames of a clip.
STILL_COST = 8
MOST_PROCESSES = 4


def drawn(orders: list[list[Order]]) -> Path:
    """The folder with a drawn take each, called by `name_of`; drawn now where it is missing."""
    kept = settings.MEDIA_ROOT / "drawn"
    folder = kept / digest_of(orders)
    if not folder.exists():
        kept.mkdir(parents=True, exist_ok=True)
        draw(orders, kept, folder)
    return folder


def draw(orders: list[list[Order]], kept: Path, folder: Path) -> None:
    with tempfile.TemporaryDirectory(dir=kept) as name:
        work = Path(name) / "takes"
        work.mkdir()
        (work / FACTS).write_text(json.dumps(drawn_by_processes(orders, work)))
        # What earlier editions of the drawings left; another process may have been faster with this one.
        for old in (found for found in kept.iterdir() if found not in (folder, Path(name))):
            shutil.rmtree(old, ignore_errors=True)
        if not folder.exists():
            work.rename(folder)


def facts_of(folder: Path) -> dict[str, dict[str, Any]]:
    """The facts of each drawn take, by its name."""
    found: dict[str, dict[str, Any]] = json.loads((folder / FACTS).read_text())
    return found


def name_of(order: Order) -> str:
    return "-".join((order.show, order.sequence, order.shot, order.version))


def digest_of(orders: list[list[Order]]) -> str:
    """Changes with what is drawn, and with how."""
    digest = hashlib.sha256(repr((orders, version("av"), version("pillow"))).encode())
    for source in sorted(Path(drawing.__path__[0]).glob("*.py")):
        digest.update(source.read_bytes())
    return digest.hexdigest()[:16]


def drawn_by_processes(orders: list[list[Order]], work: Path) -> Mapping[str, Any]:
    """Draws all takes at once, as many as there are cores; answers their facts."""
    processes = [started(share, work) for share in shares(orders, min(os.cpu_count() or 1, MOST_PROCESSES))]
    answers = [process.communicate()[0] for process in processes]
    failed = [process.returncode for process in processes if process.returncode]
    if failed:
        raise RuntimeError(f"The demo's pictures could not be drawn: a process ended with {failed[0]}.")
    return dict(json.loads(line) for answer in answers for line in answer.splitlines())


def started(orders: Iterable[Order], work: Path) -> "subprocess.Popen[str]":
    process = subprocess.Popen(
        [*COMMAND, str(work)], cwd=PROJECT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    if process.stdin:
        process.stdin.writelines(json.dumps([name_of(order), asdict(order)]) + "\n" for order in orders)
        process.stdin.close()
        process.stdin = None
    return process


def shares(orders: list[list[Order]], number: int) -> list[list[Order]]:
    """The work in parts of about the same length; the takes of a shot, which is painted once, stay together."""
    parts: list[list[Order]] = [[] for _ in range(number)]
    for takes in sorted(orders, key=cost, reverse=True):
        min(parts, key=cost).extend(takes)
    return parts


def cost(orders: list[Order]) -> int:
    return sum(order.frames or STILL_COST for order in orders)
