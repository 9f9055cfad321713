"""`make bench BENCH=search`: review notes searched by PostgreSQL alone, by four people at once."""

import statistics
import threading
import time
from dataclasses import dataclass, replace
from typing import Any

from django.core.management import call_command
from django.db import connection
from django.test import override_settings

from bench.report import write_down
from config.accounts.services import seed_demo_accounts
from shows.models import Review, Show
from shows.search import ReviewsAsked, search_reviews
from shows.search.planning import planned_cursor
from shows.search.postgresql import plan_for
from shows.search.words import understand

NOTES = 500_000
CLIENTS = 4
ROUNDS = 50
MOST_MS = 500
# A tenth of the notes that the demo makes speak of a plate, nine tenths say "the".
QUERIES = {
    "rare word": "bezel",
    "common word": "plate",
    "commonest word": "the",
    "phrase": '"left of frame"',
    "phrase that is nowhere": '"frame shot"',
    "prefix": "refl",
    "one letter": "s",
    "typo": "waterlien",
    "without a word": "edge -plate",
}
BEFORE, AFTER = "<!-- the last run of search -->", "<!-- its end, of search -->"
COLUMNS = ("search", "found", "p50 ms", "p99 ms", "filtered: found", "p50 ms", "p99 ms", "way")


@dataclass(frozen=True)
class Times:
    found: int
    milliseconds: list[float]

    @property
    def p99(self) -> float:
        return statistics.quantiles(self.milliseconds, n=100)[98]

    def cells(self) -> tuple[str, ...]:
        return f"{self.found:,}", f"{statistics.median(self.milliseconds):.0f}", f"{self.p99:.0f}"


def main(*, keep: bool) -> int:
    call_command("migrate", verbosity=0)
    if Review.objects.count() < NOTES:
        call_command("seed_demo", scale=NOTES // 5)
    tidy()
    user = seed_demo_accounts()["coordinator"]
    narrowed: dict[str, Any] = {
        "show": Show.objects.filter(reviews__isnull=False).order_by("-pk")[0].code,
        "status": "needs_revision",
    }
    with override_settings(ELASTICSEARCH_URL=""):
        runs = {name: (asked := ReviewsAsked.read(q), measured(asked, user), measured(replace(asked, **narrowed), user))
                for name, q in QUERIES.items()}  # fmt: skip
    table = as_table(
        [(name, *wide.cells(), *narrow.cells(), way(asked)) for name, (asked, wide, narrow) in runs.items()]
    )
    print(table)
    if keep:
        write_down(table, BEFORE, AFTER)
    slow = [name for name, (_, *times) in runs.items() if max(each.p99 for each in times) > MOST_MS]
    print("\n".join(f"Over {MOST_MS} ms: {name}" for name in slow))
    return 1 if slow else 0


def tidy() -> None:
    """As autovacuum leaves it; new notes have left the index's list of what came last."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE) shows_review, shows_word")


def measured(asked: ReviewsAsked, user: Any) -> Times:
    """Everything but HTTP: the typos, the search, the facets, the rows with their marks. The first one warms up."""
    found = search_reviews(asked, user=user).count
    milliseconds: list[float] = []
    clients = [threading.Thread(target=ask, args=(asked, user, milliseconds)) for _ in range(CLIENTS)]
    for client in clients:
        client.start()
    for client in clients:
        client.join()
    return Times(found, milliseconds)


def ask(asked: ReviewsAsked, user: Any, milliseconds: list[float]) -> None:
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        search_reviews(asked, user=user)
        milliseconds.append((time.perf_counter() - begun) * 1000)
    connection.close()


def way(asked: ReviewsAsked) -> str:
    """How PostgreSQL comes by the matches, as its plan says."""
    statement, values, is_common = plan_for(asked, understand(asked.query).tsquery)
    with planned_cursor(reading_all=is_common) as cursor:
        cursor.execute(f"EXPLAIN {statement}", values)
        plan = "\n".join(line for (line,) in cursor.fetchall())
    return "index of words" if "Bitmap Index Scan on shows_review_lexemes" in plan else "back from the newest note"


def as_table(rows: list[tuple[str, ...]]) -> str:
    lines = [COLUMNS, ("---",) * len(COLUMNS), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
