"""Who runs PostgreSQL, which refuses root, and what that user can reach."""

import os
import pwd
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

from config.embedded.errors import CannotServe

ACCOUNTS_FOR_ROOT = ("postgres", "nobody")


@dataclass(frozen=True)
class Account:
    """A user of this machine, other than the one who started us."""

    name: str
    uid: int
    gid: int

    @property
    def groups(self) -> list[int]:
        return os.getgrouplist(self.name, self.gid)


def server_account(data: Path) -> Account | None:
    """The user for PostgreSQL: ourselves (None), but for root the data folder's owner or a user without rights."""
    if os.geteuid() != 0:
        return None
    if data.exists() and data.stat().st_uid != 0:
        return _account(pwd.getpwuid(data.stat().st_uid))
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    for name in ACCOUNTS_FOR_ROOT:
        if name in known:
            return _account(known[name])
    raise CannotServe(
        "PostgreSQL refuses to run as root, and this machine has no user named postgres or nobody.\n"
        "Start Backlot as an ordinary user, or add one of those users."
    )


def _account(entry: pwd.struct_passwd) -> Account:
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)


class LaunchArguments(TypedDict, total=False):
    """What subprocess takes to change the user."""

    user: int
    group: int
    extra_groups: list[int]


def as_account(account: Account | None) -> LaunchArguments:
    """The arguments by which subprocess starts a program as `account`."""
    if account is None:
        return {}
    return {"user": account.uid, "group": account.gid, "extra_groups": account.groups}


def require_program(program: Path, account: Account | None) -> None:
    """Refuses a program that `account` cannot run, and says which folder is in the way."""
    try:
        # A program that was just found, with a fixed argument.
        subprocess.run(
            [program, "--version"], cwd="/", check=True, capture_output=True, timeout=30, **as_account(account)
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise CannotServe(
            f"{_who(account)} cannot run {program}: {_reason(program, account) or error}.\n"
            "The folder may be closed to that user or on a disk mounted noexec. "
            "Move the checkout to a folder that everybody may enter, such as one below /srv or /home."
        ) from error


def require_folder(folder: Path, account: Account | None) -> None:
    """Refuses a folder that `account` cannot enter, and says which folder above is in the way."""
    entered = subprocess.run(["/bin/sh", "-c", 'cd "$0"', folder], cwd="/", capture_output=True, **as_account(account))
    if entered.returncode:
        raise CannotServe(
            f"{_who(account)} cannot enter {folder}: {_reason(folder, account) or 'permission denied'}.\n"
            "Move the checkout to a folder that everybody may enter, "
            "or set BACKLOT_DATA to a folder elsewhere, such as /var/tmp/backlot."
        )


def _who(account: Account | None) -> str:
    return "PostgreSQL's user " + account.name if account else "This user"


def _reason(path: Path, account: Account | None) -> str:
    closed = first_closed(path, account) if account else None
    return f"{closed} is closed to others" if closed else ""


def first_closed(path: Path, account: Account) -> Path | None:
    """The outermost folder above `path` that `account` may not enter, as far as plain permissions tell."""
    for folder in reversed(path.parents):
        status = folder.stat()
        if status.st_uid == account.uid:
            needed = 0o100
        elif status.st_gid in account.groups:
            needed = 0o010
        else:
            needed = 0o001
        if not status.st_mode & needed:
            return folder
    return None
