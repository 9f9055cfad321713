"""The image's entrypoint as plain processes, under the environment that compose gives its containers."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
from psycopg import sql

from config.embedded.start import PROJECT
from config.embedded.tests.studio import free_port

pytestmark = pytest.mark.integration

ENTRYPOINT = PROJECT / "deploy" / "entrypoint"
DATABASE = "entrypoint"
SERVE_SECONDS = 30


def database_address(name: str) -> str:
    """The address of another database of this test run's server."""
    return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()


@pytest.fixture(scope="module")
def database_url() -> Iterator[str]:
    """An empty database, as the container of PostgreSQL has at first."""
    with psycopg.connect(database_address("postgres"), autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(DATABASE)))
        yield database_address(DATABASE)
        connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(DATABASE)))


@pytest.fixture(scope="module")
def environment(database_url: str) -> dict[str, str]:
    """`.env.example` and what docker-compose.yml adds; the programs are those of this environment."""
    lines = (PROJECT / ".env.example").read_text().splitlines()
    example = dict(line.split("=", 1) for line in lines if "=" in line and not line.startswith("#"))
    kept = {name: value for name, value in os.environ.items() if name.startswith(("COVERAGE", "LANG", "LC_"))}
    own = {"DATABASE_URL": database_url, "REDIS_URL": os.environ["REDIS_URL"], "PORT": str(free_port())}
    files = {name: os.environ[name] for name in ("MEDIA_ROOT", "STATIC_ROOT")}
    programs = {"PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
    return kept | example | own | files | programs


def call(environment: dict[str, str], *command: str, **changes: str) -> tuple[int, str]:
    done = subprocess.run(
        [ENTRYPOINT, *command],
        env=environment | changes,
        cwd="/",
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=120,
    )
    return done.returncode, done.stdout


@pytest.fixture(scope="module")
def prepared(environment: dict[str, str]) -> dict[str, str]:
    """The environment after the one-off service has done its work."""
    code, said = call(environment, "prepare")
    assert code == 0, said
    return environment


def answers(port: int) -> bytes:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=5) as answer:
        return bytes(answer.read())


def serves(process: subprocess.Popen[bytes], port: int) -> bytes:
    """What /health says, once the server takes connections."""
    limit = time.monotonic() + SERVE_SECONDS
    while process.poll() is None and time.monotonic() < limit:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return answers(port)
        time.sleep(0.1)
    raise AssertionError(f"no answer; exit code {process.poll()}")


def test_the_web_container_serves_what_was_prepared(prepared: dict[str, str]) -> None:
    with subprocess.Popen([ENTRYPOINT, "web"], env=prepared, cwd="/") as process:
        assert serves(process, int(prepared["PORT"])) == b'{"status":"ok"}'
        probe = subprocess.run([sys.executable, PROJECT / "deploy/healthcheck.py"], env=prepared, check=False)
        process.terminate()

    assert probe.returncode == 0


def is_well(environment: dict[str, str], file: Path) -> bool:
    probe: list[str | Path] = [sys.executable, PROJECT / "deploy/healthcheck.py", file]
    return subprocess.run(probe, env=environment, check=False).returncode == 0


def test_the_containers_of_worker_and_beat_are_well_as_soon_as_they_work(
    prepared: dict[str, str], tmp_path: Path
) -> None:
    services = {name: tmp_path / name for name in ("worker", "beat")}
    started = [
        subprocess.Popen([ENTRYPOINT, name], env=prepared | {"ALIVE_FILE": str(file), "WORKER_THREADS": "1"}, cwd="/")
        for name, file in services.items()
    ]
    limit = time.monotonic() + SERVE_SECONDS
    while not all(is_well(prepared, file) for file in services.values()) and time.monotonic() < limit:
        time.sleep(0.2)
    for process in started:
        process.terminate()

    assert all(file.exists() for file in services.values())
    assert [process.wait(SERVE_SECONDS) for process in started] == [0, 0]


def test_what_has_not_moved_for_long_is_not_well(environment: dict[str, str], tmp_path: Path) -> None:
    old = tmp_path / "alive"
    old.touch()
    os.utime(old, (0, 0))

    assert not is_well(environment, old)
    assert not is_well(environment, tmp_path / "none")


def test_preparing_again_changes_nothing(prepared: dict[str, str]) -> None:
    code, said = call(prepared, "prepare")

    assert code == 0
    assert "No migrations to apply" in said


def test_any_other_command_is_run_as_it_is(environment: dict[str, str]) -> None:
    assert call(environment, "python", "-c", "print('as it is')") == (0, "as it is\n")


@pytest.mark.security
def test_a_production_with_the_demo_in_it_does_not_start(prepared: dict[str, str]) -> None:
    settings = {"BACKLOT_ENV": "production", "ALLOWED_HOSTS": "a.test", "API_SECRET_KEY": "k3y-" * 20}
    code, said = call(prepared, "web", **settings, SERVICE_TOKENS="dvd_admin:clerk@backlot.test")

    assert code == 1
    assert "accounts.E001" in said


@pytest.mark.security
def test_a_production_without_a_key_names_it(environment: dict[str, str]) -> None:
    code, said = call(environment, "prepare", BACKLOT_ENV="production")

    assert code == 1
    assert "API_SECRET_KEY is not set" in said


def test_a_database_that_never_comes_is_named(environment: dict[str, str]) -> None:
    code, said = call(environment, "prepare", DATABASE_URL="postgresql://u@127.0.0.1:1/none", DATABASE_WAIT_SECONDS="0")

    assert code == 1
    assert "No database at 127.0.0.1:1" in said


def test_the_smoke_tests_run_before_serving_when_asked_for(prepared: dict[str, str]) -> None:
    code, said = call(prepared, "web", RUN_TESTS="1", PYTEST_ADDOPTS="-k no_test_has_this_name")

    assert code == pytest.ExitCode.NO_TESTS_COLLECTED, said
    assert "deselected" in said
