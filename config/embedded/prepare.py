"""Brings the database and the static files up to date before the server starts, in one Django process."""

import hashlib
import json
import os
import sys
from pathlib import Path

import django
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command, get_commands
from django.db import OperationalError

DEMO_DOMAIN = "@backlot.test"


def prepare(result: Path | None) -> None:
    """Migrates, collects, loads the demo into a database without accounts, and writes down who can sign in."""
    call_command("migrate", interactive=False)
    _collect_static()
    if settings.IS_LOCAL and "seed_demo" in get_commands():
        call_command("seed_demo", once=True)
    if result:
        result.write_text(json.dumps({"logins": _demo_logins()}))


def _collect_static() -> None:
    stamp = Path(settings.STATIC_ROOT).with_suffix(".stamp")
    present = _static_digest()
    if not stamp.exists() or stamp.read_text() != present:
        call_command("collectstatic", interactive=False, clear=True, verbosity=0)
        stamp.write_text(present)


def _static_digest() -> str:
    digest = hashlib.sha256(str(settings.STORAGES["staticfiles"]).encode())
    for finder in get_finders():
        for name, storage in finder.list([]):
            status = Path(storage.path(name)).stat()
            digest.update(f"{name} {status.st_size} {status.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def _demo_logins() -> list[str]:
    demo = get_user_model().objects.filter(email__endswith=DEMO_DOMAIN, is_active=True)
    return list(demo.order_by("email").values_list("email", flat=True))


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    try:
        prepare(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
    except OperationalError as error:
        sys.exit(f"The database of DATABASE_URL cannot be used: {error}")
