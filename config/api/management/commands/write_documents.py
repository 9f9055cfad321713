from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from config.documents import postman, tables

WRITTEN = {"schema.md": tables.written, "postman.json": postman.written}


class Command(BaseCommand):
    help = "Writes the documents that follow from the code: docs/schema.md and docs/postman.json."

    def handle(self, *args: Any, **options: Any) -> None:
        for name, written in WRITTEN.items():
            (settings.BASE_DIR / "docs" / name).write_text(written())
            self.stdout.write(f"docs/{name}")
