"""A whole library out and in again."""

from catalog.services.library.transfer.exporting import csv_rows, library_of
from catalog.services.library.transfer.importing import import_library

__all__ = ["csv_rows", "import_library", "library_of"]
