"""Says before the start, and clearly, when a folder cannot hold data or sockets."""

import os
import pwd
import socket
import tempfile
from pathlib import Path

from config.embedded.errors import CannotServe

ELSEWHERE = "set BACKLOT_DATA to a folder elsewhere, such as /var/tmp/backlot"


def require(data: Path, run: Path) -> None:
    """Makes the data folder; refuses one that cannot be written to, and a run folder that cannot hold sockets."""
    _require_writable(data)
    if os.geteuid() == 0:
        # PostgreSQL's user has to pass through to its own folder.
        data.chmod(data.stat().st_mode | 0o011)
    if run.parent != data:
        _require_own(run)
    _require_sockets(data)


def _require_writable(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise CannotServe(
            f"Backlot keeps its data in {folder} and cannot write there: {error.strerror}{_owner(folder)}.\n"
            f"Start it as the user who owns that folder, or {ELSEWHERE}."
        ) from error


def _owner(folder: Path) -> str:
    nearest = next((place for place in (folder, *folder.parents) if place.exists()), Path("/"))
    uid = nearest.stat().st_uid
    if uid == os.geteuid():
        return ""
    try:
        return f" ({nearest} belongs to {pwd.getpwuid(uid).pw_name})"
    except KeyError:
        return f" ({nearest} belongs to user {uid})"


def _require_own(run: Path) -> None:
    # Its name can be guessed, and everybody may write to the temp folder.
    if run.is_symlink() or (os.geteuid() != 0 and run.exists() and run.stat().st_uid != os.geteuid()):
        raise CannotServe(f"{run} is needed for sockets, but somebody else made it{_owner(run)}. Remove it.")


def _require_sockets(data: Path) -> None:
    with tempfile.TemporaryDirectory(dir=data if len(bytes(data)) < 80 else None) as folder:
        try:
            with socket.socket(socket.AF_UNIX) as probe:
                probe.bind(f"{folder}/s")
        except OSError as error:
            raise CannotServe(
                f"The file system of {data} cannot hold Unix sockets: {error.strerror}.\n"
                f"For a disk that can, {ELSEWHERE}."
            ) from error
