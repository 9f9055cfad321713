from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from pipeline.errors import TryAgain
from pipeline.search.engine import is_configured
from pipeline.search.index import IndexMissing
from pipeline.search.kinds import KINDS
from pipeline.search.rebuilding import rebuild_now


class Command(BaseCommand):
    help = "Fills the indexes of the search engine anew; searches go on reading the old ones until the new are whole."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("kinds", nargs="*", help=f"any of {', '.join(sorted(KINDS))}; all by default")

    def handle(self, *args: Any, **options: Any) -> None:
        if not is_configured():
            raise CommandError(
                "No search engine is configured: set ELASTICSEARCH_URL. PostgreSQL needs no index of it."
            )
        for name in options["kinds"] or sorted(KINDS):
            kind = KINDS.get(name)
            if kind is None:
                raise CommandError(f"There is no kind {name!r}; there are {', '.join(sorted(KINDS))}.")
            if kind.index:
                self.rebuild(name, kind.index)

    def rebuild(self, name: str, index: Any) -> None:
        try:
            self.stdout.write(f"{name}: {rebuild_now(index):,} rows indexed")
        except (TryAgain, IndexMissing) as error:
            raise CommandError(f"{name}: {error} The index that was in use still is.") from error
