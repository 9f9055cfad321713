"""The month in which the tests of bookings play, and how they schedule in it."""

from datetime import date
from typing import Any

from django.apps import apps

from config.accounts.models import User
from crew.models import CrewMember, Role
from crew.services import bookings, productions
from crew.services.transactions import Written
from crew.tests.factories import BookingFactory, CrewMemberFactory, ProductionFactory, days

MAY_FIRST, MAY_LAST = date(2030, 5, 1), date(2030, 5, 31)


def may(first: int, last: int | None = None) -> Any:
    """So many days of May 2030, both included."""
    return days(date(2030, 5, first), date(2030, 5, last or first))


def people(role: Role, *names: str, **fields: Any) -> list[CrewMember]:
    return [CrewMemberFactory(role=role, full_name=name, **fields) for name in names]


def schedule(by: User, first: int, last: int, requirements: dict[str, int] | None = None, **options: Any) -> Written:
    start, end = date(2030, 5, first), date(2030, 5, last)
    return productions.schedule_production(
        "Night Train", by=by, start=start, end=end, requirements=requirements or {}, **options
    )


def booked(member: CrewMember, first: int, last: int, title: str = "Day Train") -> Any:
    """Somebody bound to a production of these days."""
    production = ProductionFactory(title=title, period=may(first, last))
    return BookingFactory(crew_member=member, production=production)


def off(by: User, member: CrewMember, first: int, last: int) -> Written:
    return bookings.book_time_off(member.pk, by=by, start=date(2030, 5, first), end=date(2030, 5, last))


def names(written: Written) -> list[str]:
    """Who is booked, in the order of booking."""
    return [booking["crew_member"]["full_name"] for booking in written.row["bookings"]]


def move(by: User, production: int, first: int, last: int, **options: Any) -> Written:
    return productions.change_production(
        production, by=by, start=date(2030, 5, first), end=date(2030, 5, last), **options
    )


def everything() -> dict[str, list[Any]]:
    """All rows of this app's tables."""
    models = apps.get_app_config("crew").get_models()
    return {model._meta.label: list(model._default_manager.order_by("pk").values()) for model in models}
