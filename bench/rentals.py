"""`make bench BENCH=rentals`: the desk, customers, lists and reports among 1,000,000 rentals.

Each question goes through the whole application; its statements are then explained: how long they took, and which scan
met the most rows.
"""

import json
from collections.abc import Iterator
from typing import Any

from django.core.management import call_command
from django.db import connection

from bench import rentals_load
from bench.caller import Caller
from bench.endpoints import Endpoint
from bench.report import write_down
from bench.statements import taken_down
from config.accounts.services import seed_demo_accounts
from rentals.models import Inventory, Rental

HEADER = "| question | PostgreSQL, ms | statements | the largest scan, with its rows |"
BEFORE, AFTER = "<!-- the last run of rentals -->", "<!-- the end of it -->"
RULE = "| --- | --- | --- | --- |"
API = "/api/v1"
Plan = dict[str, Any]


def main(*, keep: bool) -> int:
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    accounts = seed_demo_accounts()
    if not rentals_load.loaded():
        rentals_load.load()
    caller = Caller(accounts["clerk"])
    lines = [line(endpoint, caller.headers(endpoint)) for endpoint in endpoints()]
    table = "\n".join([HEADER, RULE, *lines])
    print(table)
    if keep:
        write_down(table, BEFORE, AFTER)
    return 0


def endpoints() -> list[Endpoint]:
    out = Rental.objects.open().order_by("-pk")[:2]
    customer, film = out[0].customer_id, out[0].inventory.film_id
    copies = "&".join(f"copy={copy}" for copy in Inventory.objects.in_stock().values_list("pk", flat=True)[:5])
    pages = {
        "the desk": f"/rentals/desk/?customer={customer}&{copies}&copy={out[1].inventory_id}",
        "a customer looked for at the desk": "/rentals/desk/?scan=abc",
        "what is overdue at the desk": "/rentals/desk/?mode=overdue",
        "a customer": f"/customers/{customer}/",
        "customers": "/customers/",
        "customers by a part of the name": "/customers/?q=abc",
        "films": "/films/",
        "films with a free copy": "/films/?free_copies=true",
        "a film": f"/films/{film}/",
        "report: overdue": "/reports/",
        "report: best customers": "/reports/?report=customers",
        **{f"report: revenue by {by}": f"/reports/?report=revenue&by={by}" for by in ("month", "store", "category")},
    }
    lists = {
        "rentals": "/rentals",
        "rentals that are out": "/rentals?open=true",
        "rentals that are overdue": "/rentals?overdue=true",
        "a customer's rentals": f"/customers/{customer}/rentals",
        "a customer's payments": f"/customers/{customer}/payments",
        "a customer's balance": f"/customers/{customer}/balance",
        "copies": "/inventory",
        "copies of a film that are in": f"/inventory?film_id={film}&in_stock=true",
        "all copies that are in": "/inventory?in_stock=true",
    }
    return [
        *(Endpoint(f"page: {name}", path, is_page=True) for name, path in pages.items()),
        *(Endpoint(name, f"{API}{path}") for name, path in lists.items()),
    ]


def line(endpoint: Endpoint, headers: dict[str, str]) -> str:
    statements = taken_down(endpoint, headers)
    plans = [plan_of(statement) for statement in statements if statement.lstrip().startswith(("SELECT", "WITH"))]
    inside = sum(plan["Planning Time"] + plan["Execution Time"] for plan in plans)
    rows, name = max((scan for plan in plans for scan in scans_of(plan["Plan"])), default=(0, "none"))
    return f"| {endpoint.name} | {inside:.1f} | {len(statements)} | {name}, {rows:,} |"


def plan_of(statement: str) -> Plan:
    """How PostgreSQL answered, and what it met on the way."""
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) {statement}")
        (answer,) = cursor.fetchone()
    (found,) = json.loads(answer) if isinstance(answer, str) else answer
    return dict(found)


def scans_of(plan: Plan) -> Iterator[tuple[int, str]]:
    """The rows that each scan met, and what it is."""
    for node in nodes_of(plan):
        if "Scan" in node["Node Type"] and ("Relation Name" in node or "Index Name" in node):
            met = node["Actual Rows"] + node.get("Rows Removed by Filter", 0)
            name = node.get("Index Name") or node["Relation Name"]
            yield round(met * node["Actual Loops"]), f"{node['Node Type'].lower()} of `{name}`"


def nodes_of(plan: Plan) -> Iterator[Plan]:
    yield plan
    for part in plan.get("Plans", ()):
        yield from nodes_of(part)
