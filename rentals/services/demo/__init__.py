"""The demo's stores: made, and taken away again."""

from rentals.services.demo.removal import remove_rentals
from rentals.services.demo.seeding import DemoRentals, seed_rentals

__all__ = ["DemoRentals", "remove_rentals", "seed_rentals"]
