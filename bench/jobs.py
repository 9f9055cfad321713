"""`make bench BENCH=pipeline`: jobs a second and their latency, beside a bare Celery chain on the same worker."""

import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import psutil
from django.core.management import call_command
from django.db import connection
from django_celery_results.models import TaskResult

from bench import bare_chain
from bench.report import write_down
from config.accounts.models import User
from config.celery import app
from config.embedded.workers import THREADS, worker_command
from pipeline.models import Job, JobStatus, OutboxEvent
from pipeline.services.jobs import submit_job

ROUNDS = 5
# At once, and one after the other.
JOBS, ALONE = 300, 40
LEAST_SHARE = 0.5
MOST_MS = 100
SUBMITTERS = 8
WAIT_SECONDS = 120
POLL_SECONDS = 0.002
BEFORE, AFTER = "<!-- the last run of the jobs -->", "<!-- and its end -->"

Start = Callable[[int], Any]
CountDone = Callable[[Sequence[Any]], int]


def main(*, keep: bool) -> int:
    call_command("migrate", verbosity=0)
    caller, _ = User.objects.get_or_create(email="bench@bench.example", defaults={"display_name": "Bench"})
    ours, bare = measured(caller)
    tidy(caller)
    table = as_table(ours, bare)
    print(table)
    if keep:
        write_down(table, BEFORE, AFTER)
    failures = too_slow(ours, bare)
    print("\n".join(failures))
    return 1 if failures else 0


def measured(caller: User) -> tuple["Figures", "Figures"]:
    """Both on one worker, in turn, so that what else the machine does meets both; the first turn warms them up."""

    def start(value: int) -> int:
        return submit_job("arithmetic", {"initial_value": value}, by=caller).pk

    ours, bare = Figures("arithmetic"), Figures("bare chain")
    with worker():
        for turn in range(ROUNDS + 1):
            for figures, kind in ((ours, (start, jobs_done)), (bare, (bare_chain.start, chains_done))):
                found = one_round(*kind)
                if turn:
                    figures.add(*found)
    return ours, bare


class Figures:
    """What the rounds of one kind came to."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.per_second: list[float] = []
        self.latencies: list[float] = []

    def add(self, per_second: float, latencies: list[float]) -> None:
        self.per_second.append(per_second)
        self.latencies += latencies

    @property
    def rate(self) -> float:
        return statistics.median(self.per_second)

    @property
    def idle_ms(self) -> float:
        return statistics.median(self.latencies) * 1000

    def cells(self) -> tuple[str, ...]:
        p95 = statistics.quantiles(self.latencies, n=20)[18] * 1000
        return self.name, f"{self.rate:.0f}", f"{self.idle_ms:.1f}", f"{p95:.1f}"


def one_round(start: Start, done: CountDone) -> tuple[float, list[float]]:
    """Jobs a second when all are submitted at once, and the seconds that each takes alone."""
    begun = time.perf_counter()
    # From several threads, as the web server does it.
    with ThreadPoolExecutor(SUBMITTERS) as submitters:
        ids = list(submitters.map(start, range(JOBS)))
        # Each thread has a connection of its own.
        list(submitters.map(lambda _: connection.close(), range(SUBMITTERS)))
    wait_for(done, ids)
    per_second = JOBS / (time.perf_counter() - begun)
    return per_second, [alone(start, done) for _ in range(ALONE)]


def alone(start: Start, done: CountDone) -> float:
    begun = time.perf_counter()
    wait_for(done, [start(10)])
    return time.perf_counter() - begun


def wait_for(done: CountDone, ids: list[Any]) -> None:
    limit = time.monotonic() + WAIT_SECONDS
    while done(ids) < len(ids):
        if time.monotonic() > limit:
            raise SystemExit(f"{done(ids)} of {len(ids)} were done within {WAIT_SECONDS} s.")
        time.sleep(POLL_SECONDS if len(ids) == 1 else POLL_SECONDS * 20)


def jobs_done(ids: Sequence[int]) -> int:
    return Job.objects.filter(pk__in=ids, state=JobStatus.COMPLETED).count()


def chains_done(ids: Sequence[str]) -> int:
    return int(TaskResult.objects.filter(task_id__in=ids, status="SUCCESS").count())


@contextmanager
def worker() -> Iterator[None]:
    process = psutil.Popen(worker_command(THREADS, application="bench.bare_chain"))
    try:
        while not app.control.ping(timeout=0.5):
            if process.poll() is not None:
                raise SystemExit("The worker ended by itself.")
        yield
    finally:
        process.terminate()
        process.wait()


def tidy(caller: User) -> None:
    Job.objects.filter(created_by=caller).delete()
    TaskResult.objects.filter(task_name__startswith="bare_").delete()
    OutboxEvent.objects.filter(topic="job.changed").delete()


def as_table(ours: Figures, bare: Figures) -> str:
    rows = [("", "jobs/s", "alone p50 ms", "alone p95 ms"), ("---",) * 4, ours.cells(), bare.cells()]
    share = f"Share of the bare chain: {ours.rate / bare.rate:.2f}."
    return "\n".join([*(f"| {' | '.join(row)} |" for row in rows), "", share])


def too_slow(ours: Figures, bare: Figures) -> list[str]:
    """What fails the run, in words."""
    failures = []
    if ours.rate < LEAST_SHARE * bare.rate:
        failures.append(f"arithmetic: less than {LEAST_SHARE} of the jobs a second of the bare chain")
    if ours.idle_ms > MOST_MS:
        failures.append(f"arithmetic: the median alone is {ours.idle_ms:.0f} ms, more than {MOST_MS} ms")
    return failures
