"""The local PostgreSQL: its data folder, its process, its readiness."""

import os
import shutil
import signal
import subprocess
from functools import partial
from pathlib import Path

import psycopg
from psycopg import sql

from config.embedded import programs, rights
from config.embedded.errors import CannotServe
from config.embedded.processes import Part, die_with

DATABASE = "backlot"
SETTINGS = {
    "listen_addresses": "",
    "max_connections": "60",
    "shared_buffers": "128MB",
    "log_line_prefix": "",
    "log_checkpoints": "off",
    # Requests share the cores: one that takes them all for a count answers itself, and all others, later.
    "max_parallel_workers_per_gather": "0",
    # Compiling a statement costs more than any of ours runs.
    "jit": "off",
}
# A test run's data may be lost at any time, so nothing waits for the disk.
TEST_SETTINGS = SETTINGS | {
    "max_connections": "200",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
}
# Nothing of the caller's: PGPORT or a missing locale would change or stop the server.
ENVIRONMENT = {"LC_ALL": "C.UTF-8", "PATH": os.defpath, "TZ": "UTC"}


def part(data: Path, run: Path, settings: dict[str, str]) -> Part:
    """PostgreSQL on a Unix socket in `run`; makes the data folder when there is none."""
    account = rights.server_account(data)
    programs_folder = programs.postgres_folder()
    rights.require_program(programs_folder / "postgres", account)
    if not data.exists():
        _initialize(programs_folder / "initdb", data, account)
    for folder in (data, run):
        _own(folder, account)
        rights.require_folder(folder, account)
    _require_version(programs_folder, data)
    switches = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
    return Part(
        name="postgresql",
        command=[str(programs_folder / "postgres"), "-D", str(data), "-k", str(run), "-p", "5432", *switches],
        environment=ENVIRONMENT,
        folder=Path("/"),
        is_ready=lambda pid: _says_ready(data, pid),
        account=account,
        # Its fast stop: sessions are ended and the data is left clean.
        stop_signal=signal.SIGINT,
        death_signal=signal.SIGINT,
        stop_seconds=30,
    )


def _own(folder: Path, account: rights.Account | None) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if account is not None:
        os.chown(folder, account.uid, account.gid)
    folder.chmod(0o700)


def _initialize(initdb: Path, data: Path, account: rights.Account | None) -> None:
    # Under another name until it is whole: a start that was killed must not leave half a cluster.
    draft = data.with_name(f"{data.name}.new")
    shutil.rmtree(draft, ignore_errors=True)
    _own(draft, account)
    rights.require_folder(draft, account)
    made = subprocess.run(
        [initdb, "-D", draft, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"],
        cwd="/",
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
        preexec_fn=partial(die_with, os.getpid(), signal.SIGKILL),
        **rights.as_account(account),
    )
    if made.returncode:
        raise CannotServe(f"PostgreSQL could not make its data folder {data}:\n{made.stderr.strip()}")
    draft.rename(data)


def _require_version(programs_folder: Path, data: Path) -> None:
    said = subprocess.run([programs_folder / "postgres", "--version"], capture_output=True, text=True, check=True)
    server = said.stdout.split()[-1].split(".")[0]
    made_by = (data / "PG_VERSION").read_text().strip()
    if server != made_by:
        raise CannotServe(
            f"{data} was made by PostgreSQL {made_by}, and the one found here is {server} ({programs_folder}).\n"
            "Load the data out with the old one, or start afresh with `make db-reset`."
        )


def _says_ready(data: Path, pid: int) -> bool:
    # The eighth line is the state; pg_ctl reads it too. The file may still be that of a server that was killed.
    try:
        lines = (data / "postmaster.pid").read_text().splitlines()
    except FileNotFoundError:
        return False
    return len(lines) >= 8 and lines[0].strip() == str(pid) and lines[7].strip() == "ready"


def create_database(run: Path) -> None:
    """Makes the database when the server has none of that name."""
    with psycopg.connect(host=str(run), port=5432, user="postgres", dbname="postgres", autocommit=True) as connection:
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(DATABASE)))
