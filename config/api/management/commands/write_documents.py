from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from catalog.connectors.mapping import mapping_document
from config.documents import postman, tables

WRITTEN = {
    "schema.md": tables.written,
    "postman.json": postman.written,
    "attribute-mapping.md": mapping_document,
}


class Command(BaseCommand):
    help = "Writes the documents that follow from the code: the schema, the requests and the mapping of sources."

    def handle(self, *args: Any, **options: Any) -> None:
        for name, written in WRITTEN.items():
            (settings.BASE_DIR / "docs" / name).write_text(written())
            self.stdout.write(f"docs/{name}")
