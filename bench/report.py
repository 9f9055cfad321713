"""The table, its comparison with the last stored run, and the verdict."""

import json
import os
import platform
import statistics
from dataclasses import asdict, dataclass
from pathlib import Path

from bench.endpoints import MOST_MS, MOST_PAGE_MS

STORED = Path(__file__).parent / "last_run.json"
# The table stands between these two lines.
DOCUMENT = Path(__file__).parent.parent / "docs" / "bench.md"
BEFORE, AFTER = "<!-- the last stored run -->", "<!-- its end -->"
COLUMNS = (
    *("endpoint", "req/s", "p50 ms", "p95 ms", "p99 ms", "CPU ms/req", "statements"),
    *("bare req/s", "share of bare", "last req/s"),
)
HEADER = f"| {' | '.join(COLUMNS)} |\n{'|---' * len(COLUMNS)}|"


@dataclass(frozen=True)
class Figures:
    """One server on one endpoint: the median of its rounds."""

    per_second: float
    p50: float
    p95: float
    p99: float
    cpu_ms: float


@dataclass(frozen=True)
class Row:
    endpoint: str
    is_page: bool
    statements: int
    ours: Figures
    bare: Figures


def figures(rounds: list[tuple[list[float], float, float]]) -> Figures:
    """The median over the rounds, each `(milliseconds of the answers, seconds, CPU seconds)`."""
    measured = []
    for milliseconds, seconds, cpu in rounds:
        cuts = statistics.quantiles(milliseconds, n=100)
        number = len(milliseconds)
        measured.append((number / seconds, cuts[49], cuts[94], cuts[98], cpu / number * 1000))
    return Figures(*(round(statistics.median(column), 2) for column in zip(*measured, strict=True)))


def table(rows: list[Row], last: dict[str, float]) -> str:
    return "\n".join([HEADER, *(line(row, last.get(row.endpoint)) for row in rows)])


def line(row: Row, last: float | None) -> str:
    ours, bare = row.ours, row.bare
    share = f"{ours.per_second / bare.per_second:.2f}"
    before = "new" if last is None else f"{last:.0f} ({ours.per_second / last - 1:+.0%})"
    cells = (
        *(row.endpoint, f"{ours.per_second:.0f}", f"{ours.p50:.1f}", f"{ours.p95:.1f}", f"{ours.p99:.1f}"),
        *(f"{ours.cpu_ms:.2f}", str(row.statements), f"{bare.per_second:.0f}", share, before),
    )
    return f"| {' | '.join(cells)} |"


def last_run() -> dict[str, float]:
    """Requests a second of the last stored run, by endpoint."""
    if not STORED.exists():
        return {}
    return {row["endpoint"]: row["ours"]["per_second"] for row in json.loads(STORED.read_text())["rows"]}


def store(rows: list[Row]) -> None:
    """Keeps the run as the one to compare with, and puts its table into the document."""
    STORED.write_text(json.dumps({"machine": machine(), "rows": [asdict(row) for row in rows]}, indent=1) + "\n")
    write_down(table(rows, {}), BEFORE, AFTER)


def write_down(text: str, begin: str, end: str) -> None:
    """Puts a table between two lines of the document."""
    before, rest = DOCUMENT.read_text().split(begin)
    _, after = rest.split(end)
    DOCUMENT.write_text(f"{before}{begin}\n\n{machine()}:\n\n{text}\n\n{end}{after}")


def machine() -> str:
    return f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"


def too_slow(rows: list[Row]) -> list[str]:
    """What fails the run, in words."""
    return [problem for row in rows if (problem := slowness(row))]


def slowness(row: Row) -> str:
    if row.is_page and row.ours.p50 > MOST_PAGE_MS:
        return f"{row.endpoint}: the median is {row.ours.p50:.0f} ms, more than {MOST_PAGE_MS} ms"
    if not row.is_page and row.ours.p95 > MOST_MS:
        return f"{row.endpoint}: p95 is {row.ours.p95:.0f} ms, more than {MOST_MS} ms"
    return ""
