from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from pipeline.errors import TryAgain
from pipeline.search.checking import compared
from pipeline.search.engine import is_configured
from pipeline.search.index import Index, IndexMissing
from pipeline.search.kinds import KINDS
from pipeline.search.rebuilding import rebuild_now


class Command(BaseCommand):
    help = "Compares the search engine's documents with the rows, and the table of known words with the notes; repairs."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="say what differs, and repair nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        for kind in KINDS.values():
            for tidy in kind.tidy if not options["dry_run"] else ():
                self.stdout.write(tidy())
            if kind.index and is_configured():
                self.compare(kind.index, repair=not options["dry_run"])

    def compare(self, index: Index, *, repair: bool) -> None:
        try:
            found = compared(index)
            if repair and found.ids:
                index.follow(found.ids)
        except IndexMissing:
            filled = f", filled with {rebuild_now(index)} rows" if repair else ""
            self.stdout.write(f"{index.kind}: no index{filled}")
            return
        except TryAgain as error:
            raise CommandError(f"{index.kind}: {error}") from error
        self.stdout.write(
            f"{index.kind}: {found.rows} rows, {len(found.missing)} missing, {len(found.stale)} stale, "
            f"{len(found.ghosts)} ghosts{', repaired' if repair and found.ids else ''}"
        )
