"""Somebody by name: booked for a production, or off."""

from datetime import date
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import F

from crew.errors import Facts, OutsideContract, PersonBound
from crew.models import Booking, CrewMember, Production
from crew.querysets import BookingQuerySet
from crew.querysets.conflicts import MOST_NAMED
from crew.services import days
from crew.services.transactions import Written, lock_people, settled, writing
from crew.services.writing import saved
from pipeline.services import Actor, demand


def add_booking(production_id: int, crew_member_id: int, *, by: Actor, dry_run: bool = False) -> Written:
    """Books somebody for all days of a production, in the person's role, beyond the requirements too.

    Locks both. Raises NotAllowed, PersonBound, OutsideContract, Production.DoesNotExist, and ValidationError where
    there is no such person.
    """
    demand(by, "crew.add_booking")
    with writing(by, dry_run=dry_run):
        production = Production.objects.lock_one(production_id)
        booking = bind(crew_member_id, production.period, production=production)
        count_change(production_id)
        return shown(booking.pk, dry_run)


def remove_booking(production_id: int, booking_id: int, *, by: Actor, dry_run: bool = False) -> Written:
    """Releases somebody from a production; the requirement stays, as an open one. Locks both.

    Raises NotAllowed, Production.DoesNotExist, and Booking.DoesNotExist where it is none of this production.
    """
    demand(by, "crew.delete_booking")
    with writing(by, dry_run=dry_run):
        Production.objects.lock_one(production_id)
        count_change(production_id)
        return taken_away(Booking.objects.filter(production=production_id), booking_id, dry_run)


def book_time_off(
    crew_member_id: int, *, by: Actor, start: date, end: date, reason: str = "", dry_run: bool = False
) -> Written:
    """Time off from the first to the last day, which keeps the person, who is locked, from being booked.

    Raises NotAllowed, PersonBound, OutsideContract, CrewMember.DoesNotExist, ValidationError by field.
    """
    demand(by, "crew.add_booking")
    period = days.period(start, end, "Time off")
    with writing(by, dry_run=dry_run):
        CrewMember.objects.lock_one(crew_member_id)
        return shown(bind(crew_member_id, period, reason=reason).pk, dry_run)


def cancel_time_off(crew_member_id: int, booking_id: int, *, by: Actor, dry_run: bool = False) -> Written:
    """Takes time off of a person back, who is locked.

    Raises NotAllowed, and Booking.DoesNotExist where it is no time off of this person.
    """
    demand(by, "crew.delete_booking")
    with writing(by, dry_run=dry_run):
        return taken_away(Booking.objects.time_off().filter(crew_member=crew_member_id), booking_id, dry_run)


def bind(crew_member_id: int, period: DateRange, **fields: Any) -> Booking:
    """A booking of a person, who is locked. Raises what the services above raise."""
    return settled(partial(bind_locked, crew_member_id, period, fields), [crew_member_id])


def bind_locked(crew_member_id: int, period: DateRange, fields: dict[str, Any], locked: frozenset[int]) -> Booking:
    member = CrewMember.objects.filter(pk=crew_member_id).first()
    if member is None:
        raise ValidationError({"crew_member": "There is no such person."})
    demand_free(member, period)
    role = member.role_id if "production" in fields else None
    return saved(Booking(crew_member=member, employment=member.employment, period=period, role_id=role, **fields))


def demand_free(member: CrewMember, period: DateRange) -> None:
    """Raises OutsideContract or PersonBound when somebody cannot be bound on these days."""
    person = {"id": member.pk, "full_name": member.full_name}
    start, end = period.lower, days.last_of(period)
    if start < member.hire_date or (member.fire_date and end > member.fire_date):
        raise OutsideContract(person, member.hire_date, member.fire_date)
    count, bound = told_of(Booking.objects.filter(crew_member=member).overlapping(start, end))
    if count:
        raise PersonBound(person, count, bound)


def told_of(bookings: BookingQuerySet) -> tuple[int, list[Facts]]:
    """How many bookings there are, and the first 50 by their days, as a refusal shows them."""
    rows = bookings.select_related("production").order_by("period")[:MOST_NAMED]
    facts = [
        {
            "id": row.pk,
            "production": row.production and {"id": row.production.pk, "title": row.production.title},
            "start": row.start,
            "end": row.end,
        }
        for row in rows
    ]
    return bookings.count() if len(facts) == MOST_NAMED else len(facts), facts


def count_change(production_id: int) -> None:
    Production.objects.filter(pk=production_id).update(staffing_changes=F("staffing_changes") + 1)


def taken_away(bookings: BookingQuerySet, booking_id: int, dry_run: bool) -> Written:
    row: dict[str, Any] = bookings.as_rows().get(pk=booking_id)
    lock_people([row["crew_member"]["id"]])
    bookings.filter(pk=booking_id).delete()
    return Written(row, dry_run, released=[row])


def shown(booking_id: int, dry_run: bool) -> Written:
    row: dict[str, Any] = Booking.objects.as_rows().get(pk=booking_id)
    return Written(row, dry_run, booked=[row])
