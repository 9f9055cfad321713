from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from pipeline.errors import Refusal
from pipeline.progress import Progress
from rentals.hooks import clear_demo
from rentals.services.pagila import fetch_dump, import_dump


class Command(BaseCommand):
    help = "Loads a dump of the Pagila sample database in place of the demo's films, customers and rentals."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "files",
            nargs="*",
            type=Path,
            metavar="FILE",
            help="a dump in COPY form, plain or compressed by gzip; without one the public dump is fetched",
        )
        parser.add_argument("--replace", action="store_true", help="replace what others made, too")

    def handle(self, *args: Any, files: list[Path], replace: bool, **options: Any) -> None:
        progress = Progress(self.stdout)
        try:
            dumps = files or [fetch_dump(settings.PAGILA_FILE, address=settings.PAGILA_URL, tell=progress)]
            counts = import_dump(dumps, clear_demo=clear_demo, replace=replace, tell=progress)
        except Refusal as refusal:
            raise CommandError(refusal.detail) from refusal
        loaded = ", ".join(f"{table} {rows:,}" for table, rows in counts.items())
        self.stdout.write(self.style.SUCCESS(f"The dump is loaded: {loaded}."))
