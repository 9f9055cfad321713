"""The staff's door to films and media."""

from catalog.admin import films, library

__all__ = ["films", "library"]
