"""`make bench BENCH=library`: media, tags, states and menus among 100,000 media and 1,000,000 states.

Each question goes through the whole application, in this process; its statements are counted here and in a library of
a hundredth, and explained: which scan met the most rows.
"""

import statistics
import time
from typing import NamedTuple

from django.core.management import call_command
from django.db import connection, transaction

from bench import library_load
from bench.caller import Caller
from bench.endpoints import MOST_MS, Endpoint
from bench.rentals import plan_of, scans_of
from bench.report import write_down
from bench.statements import call, taken_down

ROUNDS = 20
SMALL = library_load.MEDIA // 100
BEFORE, AFTER = "<!-- the last run of the library -->", "<!-- and the library's end -->"
COLUMNS = (
    *("question", "p50 ms", "p95 ms", "CPU ms", "PostgreSQL, ms", "statements", "of a hundredth"),
    "the largest scan, with its rows",
)
QUESTIONS = {
    "search: a title": "/media/search?q=silver+lantern+of",
    "search: a rare word": "/media/search?q=balcorden",
    "search: a word of a seventh": "/media/search?q=harbour",
    "search: who made it": "/media/search?q=norost+gardenfel",
    "search: one word with a typo": "/media/search?q=corrdior",
    "search: two words with typos": "/media/search?q=harbuor+corrdior",
    "search: nothing like it": "/media/search?q=zzyzx",
    "media by title": "/media",
    "media by words": "/media?q=lantern+salt",
    "media with a tag": "/media?tag=NOIR",
    "media without a tag": "/media?exclude_tag=noir",
    "media in a state": "/media?status=paused",
    "favourites": "/media?favorite=true",
    "media by own rating": "/media?ordering=-rating",
    "own states": "/me/states",
    "own states by rating": "/me/states?ordering=-rating",
    "own states with a tag": "/me/states?tag=noir&status=consumed",
    "own tags": "/tags",
    "own menus": "/menus",
    "a public menu by its slug": "/public/menus/bench-7",
}
PAGES = {
    "page: library": "/library/",
    "page: library, with a tag and a state": "/library/?tag=noir&status=consumed",
    "page: find": "/library/find/?q=silver+lantern",
    "page: a public menu": "/menus/bench-7/",
}


class Line(NamedTuple):
    name: str
    milliseconds: list[float]
    statements: list[str]
    of_a_hundredth: int
    cpu: float
    inside: float
    scan: str

    @property
    def p95(self) -> float:
        return statistics.quantiles(self.milliseconds, n=20)[18]

    @property
    def cells(self) -> tuple[str, ...]:
        times = f"{statistics.median(self.milliseconds):.0f}", f"{self.p95:.0f}"
        parts = f"{self.cpu:.0f}", f"{self.inside:.1f}"
        return self.name, *times, *parts, str(len(self.statements)), str(self.of_a_hundredth), self.scan


def main(*, keep: bool) -> int:
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    if not library_load.loaded():
        library_load.load()
        library_load.tidy()
    caller = Caller(library_load.people()[0])
    small = counts_of_a_hundredth(caller)
    print(header := as_table([COLUMNS, ("---",) * len(COLUMNS)]))
    lines = [measured(endpoint, caller, small[endpoint.name]) for endpoint in endpoints()]
    table = f"{header}\n{as_table([line.cells for line in lines])}"
    if keep:
        write_down(table, BEFORE, AFTER)
    wrong = [f"Over {MOST_MS} ms: {line.name}" for line in lines if line.p95 > MOST_MS]
    # A search that finds nothing in the small library does not read the rows there.
    wrong += [f"More statements: {line.name}" for line in lines if len(line.statements) > line.of_a_hundredth + 1]
    print("\n".join(wrong))
    return 1 if wrong else 0


def endpoints() -> list[Endpoint]:
    return [
        *(Endpoint(name, f"/api/v1{path}") for name, path in QUESTIONS.items()),
        *(Endpoint(name, path, is_page=True) for name, path in PAGES.items()),
    ]


def counts_of_a_hundredth(caller: Caller) -> dict[str, int]:
    """How many statements each question takes in a small library, which stands in a transaction that is undone."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("TRUNCATE catalog_mediaitem, catalog_tag, catalog_menu CASCADE")
        library_load.load(SMALL)
        counts = {each.name: len(statements_of(each, caller)) for each in endpoints()}
        transaction.set_rollback(True)
    return counts


def measured(endpoint: Endpoint, caller: Caller, of_a_hundredth: int) -> Line:
    statements = statements_of(endpoint, caller)
    headers = caller.headers(endpoint)
    before = time.process_time()
    milliseconds = [asked(endpoint, headers) for _ in range(ROUNDS)]
    cpu = (time.process_time() - before) * 1000 / ROUNDS
    line = Line(endpoint.name, milliseconds, statements, of_a_hundredth, cpu, *explained(statements))
    print(as_table([line.cells]), flush=True)
    return line


def explained(statements: list[str]) -> tuple[float, str]:
    """How long PostgreSQL took for all of them, and the largest scan."""
    # One of them may set for its transaction how near is near, which those after it go by.
    with transaction.atomic():
        plans = [plan_of(each) for each in statements if each.lstrip().startswith(("SELECT", "WITH"))]
    inside = sum(plan["Planning Time"] + plan["Execution Time"] for plan in plans)
    rows, scan = max((found for plan in plans for found in scans_of(plan["Plan"])), default=(0, "none"))
    return inside, f"{scan}, {rows:,}"


def statements_of(endpoint: Endpoint, caller: Caller) -> list[str]:
    """Those that ask or write; in a transaction those that mark a place in it come besides."""
    found = taken_down(endpoint, caller.headers(endpoint))
    return [each for each in found if not each.startswith(("SAVEPOINT", "RELEASE"))]


def asked(endpoint: Endpoint, headers: dict[str, str]) -> float:
    begun = time.perf_counter()
    call(endpoint, headers)
    return (time.perf_counter() - begun) * 1000


def as_table(rows: list[tuple[str, ...]]) -> str:
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)
