"""Every reusable question about people, productions and bookings."""

from crew.querysets.bookings import BookingQuerySet
from crew.querysets.people import CrewMemberQuerySet
from crew.querysets.productions import ProductionQuerySet
from crew.querysets.roles import RoleQuerySet

__all__ = ["BookingQuerySet", "CrewMemberQuerySet", "ProductionQuerySet", "RoleQuerySet"]
