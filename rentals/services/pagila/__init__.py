"""A real dump of Pagila: read, checked and loaded, all of it or nothing."""

from rentals.services.pagila.fetching import fetch_dump
from rentals.services.pagila.importing import import_dump

__all__ = ["fetch_dump", "import_dump"]
