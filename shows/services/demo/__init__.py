"""The demo's shows: made, made big, and taken away again."""

from shows.services.demo.cast import Cast
from shows.services.demo.media import DemoMedia, stored_takes
from shows.services.demo.removal import remove_shows
from shows.services.demo.scale import seed_scale
from shows.services.demo.seeding import DemoShows, seed_shows

__all__ = ["Cast", "DemoMedia", "DemoShows", "remove_shows", "seed_scale", "seed_shows", "stored_takes"]
