"""What `python -m config.embedded` can do."""

import json
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Sequence
from functools import partial
from typing import NoReturn

from config.embedded import web, workers
from config.embedded.claim import Claim, State
from config.embedded.errors import CannotServe
from config.embedded.processes import die_with
from config.embedded.start import PROJECT, Start
from config.embedded.supervisor import Interrupted, Supervisor

STOP_SECONDS = 60
DEMO_PASSWORD = "demo-backlot"  # noqa: S105 -- known to everybody, and for the local default only


def up(*, reload: bool) -> int:
    """Starts everything and serves until somebody stops it."""
    start = Start.read()
    address = web.read_address(os.environ)
    claim = start.claim()
    holder = claim.take()
    if holder:
        raise CannotServe(_says_who_runs(holder))
    web.require_free(address)
    claim.say("starting", address.url)
    supervisor = Supervisor(claim.note_child)
    try:
        _serve(start, address, supervisor, claim, reload=reload)
    except Interrupted:
        supervisor.say("Stopping.")
        return 0
    finally:
        supervisor.stop()
        claim.release()


def _serve(start: Start, address: web.Address, supervisor: Supervisor, claim: Claim, *, reload: bool) -> NoReturn:
    start.start_servers(supervisor)
    result = start.data / "prepared.json"
    supervisor.finish(start.preparation(result))
    environment = start.environment()
    supervisor.start(web.part(PROJECT, address, environment, reload=reload))
    # They take as long to start as the web server, which must not wait for them.
    for part in workers.parts(PROJECT, environment, reload=reload):
        supervisor.start(part, outlives="web")
    claim.say("up", address.url)
    supervisor.say(_welcome(address, json.loads(result.read_text())))
    while True:
        supervisor.attend()


def _says_who_runs(holder: State) -> str:
    if holder.act == "running":
        return f"A command of Backlot runs already (process {holder.pid}). Wait for its end."
    return (
        f"Backlot runs already at {holder.url} (process {holder.pid}).\n"
        "Stop it with Ctrl-C in its terminal, or with: .venv/bin/python -m config.embedded stop"
    )


def _welcome(address: web.Address, prepared: dict[str, list[str]]) -> str:
    lines = ["", f"Backlot is at {address.url}", f"  API       {address.url}/api/docs"]
    lines += [f"  Admin     {address.url}/admin/"]
    if prepared["logins"]:
        lines += [f"  Sign in with the password {DEMO_PASSWORD} as", *(f"    {login}" for login in prepared["logins"])]
    return "\n".join([*lines, "Ctrl-C stops all of it.", ""])


def run(command: Sequence[str]) -> int:
    """Runs one command with the servers at hand: those of a running start, or its own for as long as it takes."""
    if not shutil.which(command[0]):
        raise CannotServe(f"There is no program {command[0]} to run.")
    start = Start.read()
    claim = start.claim()
    while (holder := claim.take()) and holder.act != "up":
        time.sleep(0.2)
    if holder:
        return _exit_code(subprocess.run(command, env=start.environment()).returncode)
    claim.say("running")
    supervisor = Supervisor(claim.note_child, beside_command=True)
    try:
        start.start_servers(supervisor)
        return _exit_code(_foreground(command, start, supervisor))
    except Interrupted:
        return _exit_code(-signal.SIGTERM)
    finally:
        supervisor.stop()
        claim.release()


def _foreground(command: Sequence[str], start: Start, supervisor: Supervisor) -> int:
    process = subprocess.Popen(
        command, env=start.environment(), preexec_fn=partial(die_with, os.getpid(), signal.SIGTERM)
    )
    try:
        while process.poll() is None:
            supervisor.attend()
    finally:
        if process.poll() is None:
            process.terminate()
        process.wait()
    return process.returncode


def _exit_code(code: int) -> int:
    return 128 - code if code < 0 else code


def stop() -> int:
    """Stops what runs here, from another terminal."""
    claim = Start.read().claim()
    holder = claim.holder()
    if holder is None:
        print("Backlot does not run here.")
        return 0
    os.kill(holder.pid, signal.SIGTERM)
    limit = time.monotonic() + STOP_SECONDS
    while claim.holder() is not None:
        if time.monotonic() > limit:
            raise CannotServe(f"Process {holder.pid} did not stop within {STOP_SECONDS} seconds.")
        time.sleep(0.1)
    print("Stopped.")
    return 0


def reset() -> int:
    """Removes the local database and the files that belong to it."""
    start = Start.read()
    if not start.starts_postgres:
        raise CannotServe("DATABASE_URL points to a server of your own, which Backlot does not empty. Unset it first.")
    claim = start.claim()
    holder = claim.take()
    if holder:
        raise CannotServe(_says_who_runs(holder))
    for name in ("postgres", "media"):
        shutil.rmtree(start.data / name, ignore_errors=True)
    claim.release()
    print(f"Removed the database and the media in {start.data}.")
    return 0
