"""`up` from its start to its end, with real processes."""

import os
import signal
import socket
import urllib.request
from pathlib import Path

import psutil
import pytest

from config.embedded.tests.studio import Studio, all_gone

pytestmark = pytest.mark.integration


def test_it_serves_where_it_says(studio: Studio) -> None:
    said = studio.up()

    assert f"Backlot is at http://127.0.0.1:{studio.port}" in said
    with urllib.request.urlopen(f"http://127.0.0.1:{studio.port}/health", timeout=5) as answer:
        assert answer.read() == b'{"status":"ok"}'


def test_every_line_of_a_part_bears_its_name(studio: Studio) -> None:
    said = studio.up()

    starts = {line.split("|")[0].strip() for line in said.splitlines() if "|" in line}
    assert {"postgresql", "redis", "prepare"} <= starts <= {"postgresql", "redis", "prepare", "web"}


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_wish_to_stop_stops_the_parts_in_reverse(studio: Studio, number: signal.Signals) -> None:
    studio.up()
    parts = list(studio.children().values())
    studio.send(number)
    code, said = studio.wait()

    assert code == 0
    assert said.index("Stopping.") < said.index("redis      |") < said.index("postgresql |")
    assert all_gone(parts)


def test_a_start_that_nobody_reads_any_more_stops(studio: Studio) -> None:
    studio.up()
    parts = list(studio.children().values())
    studio.stop_reading()
    with urllib.request.urlopen(f"http://127.0.0.1:{studio.port}/health", timeout=5) as answer:
        answer.read()

    assert studio.wait()[0] == 0
    assert all_gone(parts)


def test_its_worker_completes_jobs_and_dies_with_a_killed_supervisor(studio: Studio) -> None:
    studio.up(WORKER_THREADS="2")
    parts = studio.children()
    assert studio.completed_job()["result"]["final_result"] == 20

    studio.send(signal.SIGKILL)

    assert set(parts) == {"postgresql", "redis", "worker", "beat", "web"}
    assert all_gone(list(parts.values()))


def test_after_a_kill_the_next_start_serves(studio: Studio) -> None:
    studio.up()
    studio.send(signal.SIGKILL)
    studio.wait()

    assert "Backlot is at" in studio.up()


def test_a_number_that_went_to_another_process_hinders_no_start(studio: Studio, data: Path) -> None:
    studio.call("run", "--", "true")
    (data / "postgres" / "postmaster.pid").write_text(f"{os.getppid()}\n{data / 'postgres'}\n")

    assert studio.call("run", "--", "true") == (0, "")


def test_a_part_that_dies_is_named_and_ends_the_rest(studio: Studio) -> None:
    studio.up()
    parts = studio.children()
    parts["web"].kill()
    code, said = studio.wait()

    assert code == 1
    assert "web was ended by SIGKILL. The last that it said:" in said
    assert all_gone(list(parts.values()))


def test_a_second_start_says_where_the_first_one_is(studio: Studio, data: Path) -> None:
    studio.up()
    code, said = Studio(data).call("up")

    assert code == 1
    assert f"Backlot runs already at http://127.0.0.1:{studio.port} (process {studio.pid})" in said


def test_a_taken_port_is_named_with_its_taker(data: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taker:
        studio = Studio(data)
        port = taker.getsockname()[1]
        code, said = studio.call("up", PORT=str(port))

    assert code == 1
    me = psutil.Process()
    assert f"Port {port} on 127.0.0.1 is taken by {me.name()} (process {me.pid})." in said
    assert f"make up PORT={port + 1}" in said


def test_stop_ends_a_start_of_another_terminal(studio: Studio) -> None:
    studio.up()

    assert studio.call("stop") == (0, "Stopped.\n")
    assert studio.wait()[0] == 0
    assert studio.call("stop") == (0, "Backlot does not run here.\n")


def test_a_database_that_does_not_answer_is_named(data: Path) -> None:
    studio = Studio(data)
    code, said = studio.call("up", DATABASE_URL="postgresql://nobody@127.0.0.1:1/none")

    assert code == 1
    assert "The database of DATABASE_URL cannot be used" in said
    assert "postgresql |" not in said
