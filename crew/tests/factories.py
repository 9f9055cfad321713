from datetime import date
from typing import Any

import factory
from django.db.backends.postgresql.psycopg_any import DateRange
from factory.django import DjangoModelFactory

from crew.models import CrewMember, Production, Role

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
