"""`make bench`: the hot endpoints on 100,000 shots and 500,000 reviews, beside an application without a framework."""

import argparse
import asyncio
import os
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import django
import orjson

# Long enough for the whole run; read when Django is set up.
os.environ.setdefault("ACCESS_TOKEN_SECONDS", "86400")
# The servers log as they do elsewhere; this process would only fill the screen.
os.environ.setdefault("LOG_LEVEL", "WARNING")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402

from bench import answers, crew, jobs, library, load, rentals, report, search, servers, statements  # noqa: E402 - they need Django
from bench.caller import Caller  # noqa: E402
from bench.endpoints import Endpoint, all_endpoints  # noqa: E402
from config.accounts.models import User  # noqa: E402
from shows.models import Review, Shot, Version  # noqa: E402

SHOTS = 100_000
SECTIONS = {
    "answers": answers.main,
    "crew": crew.main,
    "library": library.main,
    "pipeline": jobs.main,
    "rentals": rentals.main,
    "search": search.main,
}
Measured = dict[tuple[str, str], list[tuple[list[float], float, float]]]


def main() -> int:
    options = read_options()
    if options.section in SECTIONS:
        return SECTIONS[options.section](keep=options.store)
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    if Shot.objects.count() < options.shots:
        call_command("seed_demo", scale=options.shots)
        tidy()
    caller = Caller(User.objects.get(email="coordinator@backlot.test"))
    endpoints = all_endpoints()
    known = {f"{e.method} {e.path}": statements.taken_down(e, caller.headers(e)) for e in endpoints}
    measured = measure(endpoints, known, caller, options)
    rows = [row(endpoint, known, measured) for endpoint in endpoints]
    print(report.table(rows, report.last_run()))
    if options.store:
        report.store(rows)
    failures = report.too_slow(rows)
    print("\n".join(failures))
    return 1 if failures else 0


def tidy() -> None:
    """What autovacuum does within minutes of a load: indexes answer without a look at the rows only after it."""
    with connection.cursor() as cursor:
        for model in (Shot, Review, Version):
            cursor.execute(f"VACUUM (ANALYZE) {model._meta.db_table}")


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument(
        "section",
        nargs="?",
        choices=("shots", *SECTIONS),
        default="shots",
        help="answers: questions about films; library: 100,000 media and a million states; "
        "crew: booking among a million bookings; pipeline: jobs beside a bare chain; rentals: the desk among a "
        "million rentals; search: half a million notes",
    )
    parser.add_argument("--shots", type=int, default=SHOTS, help="so many shots, and five times as many reviews")
    parser.add_argument("--rounds", type=int, default=3, help="how often each endpoint is measured on each server")
    parser.add_argument("--seconds", type=float, default=2.0, help="how long each time")
    parser.add_argument("--port", type=int, default=8471, help="the first of two free ports")
    parser.add_argument("--store", action="store_true", help="keep this run as the one to compare with")
    return parser.parse_args()


def measure(
    endpoints: list[Endpoint], known: dict[str, list[str]], caller: Caller, options: argparse.Namespace
) -> Measured:
    """Both servers stay up and are asked in turn, so that what else the machine does meets both."""
    found: Measured = {}
    with tempfile.NamedTemporaryFile(suffix=".json") as file, ExitStack() as stack:
        Path(file.name).write_bytes(orjson.dumps(known))
        ours, bare, environment = servers.both(options.port, Path(file.name), endpoints[0].path)
        running = [stack.enter_context(server.running(environment)) for server in (ours, bare)]
        for turn in range(options.rounds + 1):
            for endpoint in endpoints:
                for server in running:
                    stretch = one_stretch(server, endpoint, caller, options.seconds if turn else 0.5)
                    # The first turn warms both up.
                    if turn:
                        found.setdefault((endpoint.name, server.name), []).append(stretch)
    return found


def one_stretch(
    server: servers.Server, endpoint: Endpoint, caller: Caller, seconds: float
) -> tuple[list[float], float, float]:
    body = orjson.dumps(endpoint.body) if endpoint.body else b""
    headers = caller.headers(endpoint) | {"Host": f"{servers.HOST}:{server.port}"}
    request = load.request_bytes(endpoint.method, endpoint.path, headers, body)
    before = server.cpu_seconds()
    run = asyncio.run(load.run(servers.HOST, server.port, request, connections=endpoint.connections, seconds=seconds))
    if run.failures:
        raise SystemExit(f"{server.name} refused {run.failures} of {len(run.milliseconds)} calls of {endpoint.name}.")
    return run.milliseconds, run.seconds, server.cpu_seconds() - before


def row(endpoint: Endpoint, known: dict[str, list[str]], measured: Measured) -> report.Row:
    number = len(known[f"{endpoint.method} {endpoint.path}"])
    results: Any = (report.figures(measured[endpoint.name, name]) for name in ("Backlot", "bare"))
    return report.Row(endpoint.name, endpoint.is_page, number, *results)


if __name__ == "__main__":
    raise SystemExit(main())
