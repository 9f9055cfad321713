"""The servers that a test run starts for itself."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import psycopg
import pytest

from config.embedded import testing

pytestmark = [
    pytest.mark.integration,
    pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning"),
]


def test_a_run_has_servers_of_its_own_that_wait_for_no_disk() -> None:
    servers = testing.RunServers({})
    addresses = servers.addresses()
    servers.start()
    try:
        with psycopg.connect(addresses["DATABASE_URL"].replace("/backlot?", "/postgres?")) as connection:
            assert connection.execute("SHOW fsync").fetchone() == ("off",)
        assert Path(addresses["REDIS_URL"].removeprefix("unix://")).is_socket()
    finally:
        servers.stop()
    assert not servers.folder.exists()


def test_servers_that_are_given_are_used() -> None:
    servers = testing.RunServers({"DATABASE_URL": "postgresql://a/b", "REDIS_URL": "redis://c"})

    assert set(servers.addresses()) == {"MEDIA_ROOT", "STATIC_ROOT"}
    servers.stop()


def test_each_process_of_a_run_has_a_redis_of_its_own() -> None:
    shared = {"REDIS_URL": "unix:///run/redis.sock", testing.RUNS_REDIS: "unix:///run/redis.sock"}
    given = {"REDIS_URL": "redis://c", testing.RUNS_REDIS: "unix:///run/redis.sock"}
    worker = {"PYTEST_XDIST_WORKER": "gw0"}

    assert "REDIS_URL" not in testing.without_the_runs_redis(shared | worker)
    assert testing.without_the_runs_redis(given | worker) == given | worker
    assert testing.without_the_runs_redis(shared) == shared


def test_what_a_killed_run_left_is_removed_and_what_runs_is_kept() -> None:
    with subprocess.Popen([sys.executable, "-c", ""]) as ended:
        ended.wait()
    left = Path(tempfile.mkdtemp(prefix=f"{testing.PREFIX}{ended.pid}-"))
    used = Path(tempfile.mkdtemp(prefix=f"{testing.PREFIX}{os.getpid()}-"))
    testing.remove_leftovers()

    assert not left.exists()
    assert used.exists()
    used.rmdir()
