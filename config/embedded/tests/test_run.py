"""`run`, `reset`, and where they may keep their data."""

import shutil
import signal
import sys
from pathlib import Path

import pytest

from config.embedded import paths
from config.embedded.start import PROJECT
from config.embedded.tests.studio import Studio, ordinary_account

pytestmark = pytest.mark.integration

ASK = "import os, psycopg; print(psycopg.connect(os.environ['DATABASE_URL']).info.dbname)"
LEFT_OUT = shutil.ignore_patterns(".git", ".venv", ".local", ".env", "__pycache__", ".*cache", "htmlcov")


def test_a_command_has_the_servers_at_hand(studio: Studio) -> None:
    assert studio.call("run", "--", sys.executable, "-c", ASK) == (0, "backlot\n")


def test_a_command_uses_the_servers_that_run(studio: Studio) -> None:
    studio.up()

    assert studio.call("run", "--", sys.executable, "-c", ASK) == (0, "backlot\n")


def test_the_commands_exit_code_is_ours(studio: Studio) -> None:
    assert studio.call("run", "--", "sh", "-c", "exit 7") == (7, "")
    assert studio.call("run", "--", "sh", "-c", "kill -9 $$") == (128 + signal.SIGKILL, "")


def test_a_command_that_is_unknown_is_said(studio: Studio) -> None:
    assert studio.call("run", "--", "no-such-command") == (1, "\nThere is no program no-such-command to run.\n")


def test_a_reset_removes_the_data(studio: Studio, data: Path) -> None:
    studio.call("run", "--", "true")

    assert studio.call("reset") == (0, f"Removed the database and the media in {data}.\n")
    assert not (data / "postgres").exists()


def test_a_reset_leaves_a_foreign_server_alone(studio: Studio) -> None:
    code, said = studio.call("reset", DATABASE_URL="postgresql://somewhere/else")

    assert code == 1
    assert "a server of your own" in said


def test_a_folder_with_a_long_path_keeps_its_sockets_elsewhere(
    open_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    long = open_folder / ("long-" * 30)
    monkeypatch.setenv("BACKLOT_DATA", str(long))
    run = paths.run_folder(PROJECT)

    assert Studio(long).call("run", "--", sys.executable, "-c", ASK) == (0, "backlot\n")
    assert run.exists()
    assert not (long / "run").exists()
    shutil.rmtree(run)


def test_an_ordinary_user_starts_it_from_a_path_with_blanks(open_folder: Path) -> None:
    account = ordinary_account()
    project = open_folder / "my checkout"
    shutil.copytree(PROJECT, project, ignore=LEFT_OUT)
    if account:
        shutil.chown(project, account.uid, account.gid)
    studio = Studio(None, project, account)
    try:
        assert "Backlot is at" in studio.up()
        assert studio.data.stat().st_uid == (account.uid if account else studio.data.stat().st_uid)
    finally:
        studio.close()
