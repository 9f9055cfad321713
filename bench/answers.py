"""`make bench BENCH=answers`: questions about Pagila's films over HTTP, answered by the catalogue itself."""

import http.client
import os
import statistics
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlencode

from django.conf import settings
from django.core.management import call_command

from bench.report import write_down
from bench.servers import HOST, Server
from catalog.models import Film
from rentals.tests.pagila.questions import FILMS, NUMBERS, UNANSWERABLE, WORDS

PORT = 8481
CLIENTS = 4
ROUNDS = 10
MOST_MS = 2_000
FILMS_OF_PAGILA = 1_000
QUESTIONS = {
    "which films": list(FILMS),
    "how many, and what costs most": list(NUMBERS),
    "what of a film, and who": list(WORDS),
    "films like another": ["Films like ACADEMY DINOSAUR", "Something like ALONE TRIP but rated PG"],
    "what it cannot answer": list(UNANSWERABLE),
}
BEFORE, AFTER = "<!-- the last run of answers -->", "<!-- its end, of answers -->"
COLUMNS = ("question", "asked", "p50 ms", "p95 ms", "p99 ms")


def main(*, keep: bool) -> int:
    call_command("migrate", verbosity=0)
    load()
    environment = {"AI_QUESTIONS_A_MINUTE": "1000000", "AI_BASE_URL": "", "AI_API_KEY": "", "OPENAI_API_KEY": ""}
    with Server("Backlot", "config.asgi:application", PORT, "/health").running(environment):
        ask("Hello")
        runs = {kind: measured(questions) for kind, questions in QUESTIONS.items()}
    runs["all of them"] = [each for run in list(runs.values()) for each in run]
    table = as_table(runs)
    print(table)
    if keep:
        write_down(table, BEFORE, AFTER)
    slow = [kind for kind, run in runs.items() if percentile(run, 95) > MOST_MS]
    print("\n".join(f"Over {MOST_MS} ms: {kind}" for kind in slow))
    return 1 if slow else 0


def load() -> None:
    """The public dump, once; in place of whatever this database of the bench held."""
    if Film.objects.count() == FILMS_OF_PAGILA:
        return
    data = os.environ.get("BACKLOT_TEST_DATA") or settings.BASE_DIR.parent / "shared" / "data"
    dump = Path(data) / "pagila" / "pagila-data.sql"
    call_command("import_pagila", *([dump] if dump.is_file() else []), replace=True)


def measured(questions: list[str]) -> list[float]:
    """The milliseconds of each whole answer, asked by four people at once."""
    with ThreadPoolExecutor(CLIENTS) as people:
        return list(people.map(ask, questions * ROUNDS))


def ask(question: str) -> float:
    begun = time.perf_counter()
    connection = http.client.HTTPConnection(HOST, PORT, timeout=30)
    connection.request("GET", f"/api/v1/ai/ask?{urlencode({'question': question})}")
    told = connection.getresponse().read()
    connection.close()
    if b"event: complete" not in told:
        raise SystemExit(f"There was no answer to {question!r}: {told.decode()[:500]}")
    return (time.perf_counter() - begun) * 1000


def percentile(run: list[float], percent: int) -> float:
    return statistics.quantiles(run, n=100)[percent - 1]


def as_table(runs: dict[str, list[float]]) -> str:
    rows = [COLUMNS, ("---",) * len(COLUMNS)]
    for kind, run in runs.items():
        rows.append((kind, str(len(run)), *(f"{percentile(run, percent):.0f}" for percent in (50, 95, 99))))
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)
