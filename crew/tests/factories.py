from datetime import date, timedelta
from typing import Any

import factory
from django.db.backends.postgresql.psycopg_any import DateRange
from factory.django import DjangoModelFactory

from crew.models import Booking, CrewMember, Production, Role

# Calling a factory makes a row, which its own types do not say.
Factory: Any = DjangoModelFactory


class RoleFactory(Factory):
    class Meta:
        model = Role

    name: Any = factory.Sequence(lambda n: f"Compositor {n}")
    department = "Compositing"


class CrewMemberFactory(Factory):
    """Somebody under contract since 2020 without an end; `user=` links an account."""

    class Meta:
        model = CrewMember

    full_name: Any = factory.Sequence(lambda n: f"Ada Crew {n}")
    role: Any = factory.SubFactory(RoleFactory)
    employment = DateRange(date(2020, 1, 1), None)


class ProductionFactory(Factory):
    """A job of the year 2030."""

    class Meta:
        model = Production

    title: Any = factory.Sequence(lambda n: f"Night Train {n}")
    period = DateRange(date(2030, 1, 1), date(2031, 1, 1))


class BookingFactory(Factory):
    """Somebody booked for a production, or with `production=None` off; person and days as the rows given say."""

    class Meta:
        model = Booking

    production: Any = factory.SubFactory(ProductionFactory)
    crew_member: Any = factory.SubFactory(CrewMemberFactory)
    employment: Any = factory.SelfAttribute("crew_member.employment")
    period: Any = factory.SelfAttribute("production.period")
    role: Any = factory.Maybe("production", factory.SelfAttribute("crew_member.role"), None)


class TimeOffFactory(BookingFactory):
    """A day off before 2030; as many as a person may need lie on days of their own."""

    production = None
    period: Any = factory.Sequence(lambda n: one_day(date(2025, 1, 1) + timedelta(n % 1800)))


def days(first: date, last: date) -> DateRange:
    """A range from the first to the last day, both included."""
    return DateRange(first, last + timedelta(days=1))


def one_day(day: date) -> DateRange:
    return days(day, day)
