"""`make bench BENCH=crew`: booking among 20,000 people with 1,000,000 bookings, beside the bare statements.

Each call goes through the whole application, in this process; the bare statements through psycopg alone.
"""

import os
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import LiteralString

import psycopg
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from bench import crew_load
from bench.caller import Caller
from bench.endpoints import Endpoint
from bench.report import write_down
from bench.statements import call, taken_down
from config.accounts.services import seed_demo_accounts
from crew.models import Production, Role

ROUNDS = 30
DAYS = 30
EACH = 5
BEFORE, AFTER = "<!-- the last run of crew -->", "<!-- its end, too -->"
COLUMNS = ("question", "p50 ms", "p95 ms", "bare p50 ms", "times the bare", "statements", "reads all bookings")
# What two readers of a sequence must not share: a rehearsed production's id, which stands in its statements.
REWIND: LiteralString = "SELECT setval('production_id_seq', %s, false)"


@dataclass(frozen=True)
class Line:
    name: str
    ours: tuple[float, ...]
    bare: tuple[float, ...]
    statements: list[str]

    def cells(self) -> tuple[str, ...]:
        ours, bare = statistics.median(self.ours), statistics.median(self.bare)
        p95 = statistics.quantiles(self.ours, n=20)[18]
        whole = sum("Seq Scan on booking" in plan_of(statement) for statement in self.statements)
        return (
            self.name, f"{ours:.1f}", f"{p95:.1f}", f"{bare:.1f}", f"{ours / bare:.2f}",
            str(len(self.statements)), "yes" if whole else "no",
        )  # fmt: skip


def main(*, keep: bool) -> int:
    call_command("migrate", verbosity=0)
    accounts = seed_demo_accounts()
    if not crew_load.loaded():
        crew_load.load(timezone.localdate())
    caller = Caller(accounts["coordinator"])
    table = as_table([measured(endpoint, caller) for endpoint in endpoints(timezone.localdate())])
    print(table)
    if keep:
        write_down(table, BEFORE, AFTER)
    return 0


def endpoints(today: date) -> list[Endpoint]:
    start = today + timedelta(days=DAYS)
    span = f"start={start}&end={start + timedelta(days=DAYS - 1)}"
    roles = Role.objects.filter(name__startswith="Bench role").order_by("name").values_list("name", flat=True)
    wanted = dict.fromkeys(roles, EACH)
    in_words = ",".join(f"{role}:{number}" for role, number in wanted.items())
    windows = f"/api/v1/productions/windows?days={DAYS}&requirements="
    roles_in_words = f"{len(wanted)} roles"
    job = Production.objects.filter(period__startswith__gte=start).order_by("pk").first()
    if job is None:
        raise SystemExit("There is nothing to measure: load the data again.")
    body = {"title": "Bench", "start": str(start), "end": str(start + timedelta(days=DAYS - 1)), "requirements": wanted}
    return [
        Endpoint(f"who of a role is free for {DAYS} days", f"/api/v1/crew/availability?{span}&role={roles[3]}"),
        Endpoint(f"who is free for {DAYS} days", f"/api/v1/crew/availability?{span}"),
        Endpoint("a month of the schedule, 50 people", f"/api/v1/crew/schedule?{span}"),
        Endpoint("productions, 50 with 100 people each", "/api/v1/productions?ordering=start"),
        Endpoint("a production", f"/api/v1/productions/{job.pk}"),
        Endpoint("windows for one role", f"{windows}{roles[0]}:{EACH}"),
        Endpoint(f"windows for {roles_in_words}", f"{windows}{in_words}"),
        Endpoint(f"{roles_in_words} × {EACH}, rehearsed", "/api/v1/productions?dry_run=true", "POST", body),
    ]


def measured(endpoint: Endpoint, caller: Caller) -> Line:
    headers = caller.headers(endpoint)
    statements = taken_down(endpoint, headers)
    last_id = sequence_value() if endpoint.method == "POST" else None
    with psycopg.connect(os.environ["DATABASE_URL"]) as bare:
        # In turn, so that what else the machine does meets both.
        turns = [
            (milliseconds(lambda: call(endpoint, headers)), milliseconds(lambda: replay(bare, statements, last_id)))
            for _ in range(ROUNDS)
        ]
    ours, alone = zip(*turns, strict=True)
    return Line(endpoint.name, ours, alone, statements)


def milliseconds(act: Callable[[], None]) -> float:
    begun = time.perf_counter()
    act()
    return (time.perf_counter() - begun) * 1000


def replay(bare: "psycopg.Connection[tuple[object, ...]]", statements: list[str], last_id: int | None) -> None:
    """Runs the statements in one transaction, which is undone; those that insert take `last_id` once more."""
    with bare.cursor() as cursor:
        if last_id:
            cursor.execute(REWIND, [last_id])
        for statement in statements:
            cursor.execute(statement.encode())
            if cursor.description:
                cursor.fetchall()
    bare.rollback()


def sequence_value() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT last_value FROM production_id_seq")
        return int(cursor.fetchone()[0])


def plan_of(statement: str) -> str:
    if not statement.lstrip().startswith(("SELECT", "WITH")):
        return ""
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {statement}".replace("%", "%%"))
        return "\n".join(row[0] for row in cursor.fetchall())


def as_table(lines: list[Line]) -> str:
    rows = [COLUMNS, ("---",) * len(COLUMNS), *(line.cells() for line in lines)]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)
