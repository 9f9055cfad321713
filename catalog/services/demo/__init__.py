"""The demo's films: made, and taken away again."""

from catalog.services.demo.seeding import DemoFilms, kept, remove_films, seed_films

__all__ = ["DemoFilms", "kept", "remove_films", "seed_films"]
