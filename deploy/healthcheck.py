"""Fails unless what this container runs is well: the web server answers, a worker or beat touches its file."""

import http.client
import os
import sys
import time
from pathlib import Path

# A worker touches its file every five seconds.
OLDEST_SECONDS = 20


def allowed_host() -> str:
    """A name under which the server answers; it refuses others."""
    first = (os.environ.get("ALLOWED_HOSTS") or "localhost").split(",")[0].strip()
    return "localhost" if first == "*" else first.removeprefix(".")


def web_answers() -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", int(os.environ.get("PORT") or 8000), timeout=4)
    connection.request("GET", "/health", headers={"Host": allowed_host()})
    return connection.getresponse().status == 200


def is_fresh(file: Path) -> bool:
    return file.exists() and time.time() - file.stat().st_mtime < OLDEST_SECONDS


def main() -> int:
    """Without arguments it asks the web server; with one it looks at that file."""
    is_well = is_fresh(Path(sys.argv[1])) if sys.argv[1:] else web_answers()
    return 0 if is_well else 1


if __name__ == "__main__":
    sys.exit(main())
