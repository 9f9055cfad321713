"""Waits until the database of DATABASE_URL takes connections, and gives up by saying what it waited for."""

import os
import sys
import time

import django
from django.db import OperationalError, connection

WAIT_SECONDS = int(os.environ.get("DATABASE_WAIT_SECONDS") or 60)


def answers() -> str:
    """An empty text when the database took a connection, else what it or the network said."""
    try:
        connection.ensure_connection()
    except OperationalError as error:
        return str(error).strip()
    return ""


def main() -> int:
    limit = time.monotonic() + WAIT_SECONDS
    while refusal := answers():
        if time.monotonic() > limit:
            place = connection.settings_dict
            where = f"{place['HOST']}:{place['PORT']}"
            print(f"No database at {where} for {WAIT_SECONDS} seconds: {refusal}", file=sys.stderr)
            return 1
        time.sleep(1)
    return 0


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    sys.exit(main())
