"""Every reusable question about people, productions and bookings."""

from crew.querysets.bookings import BookingQuerySet
from crew.querysets.people import CrewMemberQuerySet
from crew.querysets.productions import ProductionQuerySet

__all__ = ["BookingQuerySet", "CrewMemberQuerySet", "ProductionQuerySet"]
