"""The demo's studio: twelve roles, sixty people, what they are booked for, and when they are away."""

from crew.services.demo.cast import LINKED, PEOPLE, ROLES
from crew.services.demo.seeding import DemoCrew, remove_crew, seed_crew

__all__ = ["LINKED", "PEOPLE", "ROLES", "DemoCrew", "remove_crew", "seed_crew"]
