"""The demo's films and library: made, and taken away again."""

from catalog.services.demo.library import DemoLibrary, remove_library, seed_library
from catalog.services.demo.seeding import DemoFilms, kept, remove_films, seed_films

__all__ = ["DemoFilms", "DemoLibrary", "kept", "remove_films", "remove_library", "seed_films", "seed_library"]
