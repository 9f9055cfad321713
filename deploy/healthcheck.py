"""Fails unless the web server of this container answers."""

import http.client
import os
import sys


def allowed_host() -> str:
    """A name under which the server answers; it refuses others."""
    first = (os.environ.get("ALLOWED_HOSTS") or "localhost").split(",")[0].strip()
    return "localhost" if first == "*" else first.removeprefix(".")


def main() -> int:
    connection = http.client.HTTPConnection("127.0.0.1", int(os.environ.get("PORT") or 8000), timeout=4)
    connection.request("GET", "/health", headers={"Host": allowed_host()})
    return 0 if connection.getresponse().status == 200 else 1


if __name__ == "__main__":
    sys.exit(main())
