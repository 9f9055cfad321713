"""Where the local default keeps its data and sockets. Imported by the settings: plain paths, no Django."""

import hashlib
import tempfile
from pathlib import Path
from urllib.parse import quote

# A Unix socket's path may have 107 bytes; the longest name below the run folder is PostgreSQL's.
LONGEST_RUN_FOLDER = 107 - len("/.s.PGSQL.5432.lock")


def data_folder(project: Path) -> Path:
    return project / ".local"


def run_folder(project: Path) -> Path:
    """The folder of the sockets: `.local/run`, or one below the temp folder when that path is too long."""
    folder = data_folder(project) / "run"
    if len(bytes(folder)) <= LONGEST_RUN_FOLDER:
        return folder
    digest = hashlib.sha256(bytes(folder)).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"backlot-{digest}"


def database_url(project: Path) -> str:
    return f"postgresql://postgres@/backlot?host={quote(str(run_folder(project)))}"


def redis_url(project: Path) -> str:
    return f"unix://{run_folder(project)}/redis.sock"
