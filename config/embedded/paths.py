"""Where the local default keeps its data and sockets. Imported by the settings: plain paths, no Django."""

import hashlib
import os
import tempfile
from pathlib import Path
from urllib.parse import quote

# A Unix socket's path may have 107 bytes; the longest name below the run folder is PostgreSQL's.
LONGEST_RUN_FOLDER = 107 - len("/.s.PGSQL.5432.lock")
LOCAL_HOSTS = "localhost,127.0.0.1,[::1]"


def data_folder(project: Path) -> Path:
    """`.local` in the checkout, or the folder that BACKLOT_DATA names."""
    chosen = os.environ.get("BACKLOT_DATA", "").strip()
    return Path(chosen).expanduser().resolve() if chosen else project / ".local"


def run_folder(project: Path) -> Path:
    """The folder of the sockets: `run` in the data folder, or one below the temp folder when that path is too long."""
    folder = data_folder(project) / "run"
    if len(bytes(folder)) <= LONGEST_RUN_FOLDER:
        return folder
    digest = hashlib.sha256(bytes(folder)).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"backlot-{digest}"


def database_url(project: Path) -> str:
    return socket_database_url(run_folder(project))


def redis_url(project: Path) -> str:
    return socket_redis_url(run_folder(project))


def socket_database_url(run: Path) -> str:
    # The port is said, because libpq would else take one from PGPORT.
    return f"postgresql://postgres@:5432/backlot?host={quote(str(run))}"


def socket_redis_url(run: Path) -> str:
    return f"unix://{run}/redis.sock"
