"""Staff's door to roles, people, productions and what binds people."""

from crew.admin import bookings, calendars, people, productions, roles

__all__ = ["bookings", "calendars", "people", "productions", "roles"]
