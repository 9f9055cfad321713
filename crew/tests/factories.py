from datetime import date

import factory
from django.db.backends.postgresql.psycopg_any import DateRange
from factory.django import DjangoModelFactory

from crew.models import CrewMember, Production, Role


class RoleFactory(DjangoModelFactory[Role]):
    class Meta:
        model = Role

    name = factory.Sequence(lambda n: f"Compositor {n}")
    department = "Compositing"


class CrewMemberFactory(DjangoModelFactory[CrewMember]):
    """Somebody under contract since 2020 without an end; `user=` links an account."""

    class Meta:
        model = CrewMember

    full_name = factory.Sequence(lambda n: f"Ada Crew {n}")
    role = factory.SubFactory(RoleFactory)
    employment = DateRange(date(2020, 1, 1), None)


class ProductionFactory(DjangoModelFactory[Production]):
    """A job of the year 2030."""

    class Meta:
        model = Production

    title = factory.Sequence(lambda n: f"Night Train {n}")
    period = DateRange(date(2030, 1, 1), date(2031, 1, 1))
