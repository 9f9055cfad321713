from datetime import date
from functools import partial
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange

from crew.errors import ContractStillNeeded
from crew.models import Booking, CrewMember
from crew.services import days
from crew.services.bookings import told_of
from crew.services.transactions import Written, check_references, settled, writing
from crew.services.writing import changed, delete_free, saved
from pipeline.errors import NotAllowed
from pipeline.services import Actor, demand


def hire_member(
    *, by: Actor, hire_date: date, fire_date: date | None = None, dry_run: bool = False, **fields: Any
) -> Written:
    """Puts somebody under contract, from the first to the last day or, without one, open-ended.

    `fields` are full_name, role, email, day_rate and user. Raises NotAllowed for a day rate from who may not see it,
    AccountTaken, ValidationError by field when the contract ends before it begins.
    """
    demand(by, "crew.add_crewmember")
    demand_rate(fields, by)
    with writing(by, dry_run=dry_run):
        member = saved(CrewMember(employment=days.employment(hire_date, fire_date), **fields))
        check_references()
        return shown(member.pk, dry_run)


def change_member(
    member_id: int, *, by: Actor, expected_version: int | None = None, dry_run: bool = False, **changes: Any
) -> Written:
    """Changes somebody, whose row is locked; `fire_date` ends the contract, None for it opens the contract again.

    A new role is for what comes: bookings keep the role that they were made for. Raises what `hire_member` raises,
    ContractStillNeeded when a booking would lie outside of the contract, StaleVersion, CrewMember.DoesNotExist.
    """
    demand(by, "crew.change_crewmember")
    demand_rate(changes, by)
    with writing(by, dry_run=dry_run):
        settled(partial(change_locked, member_id, expected_version, changes))
        return shown(member_id, dry_run)


def change_locked(
    member_id: int, expected_version: int | None, changes: dict[str, Any], locked: frozenset[int]
) -> None:
    member = CrewMember.objects.lock_one(member_id, expected_version=expected_version)
    intended = with_employment(member, changes)
    if intended["employment"] != member.employment:
        demand_bookings_within(member, intended["employment"])
    changed(member, intended)
    check_references()


def with_employment(member: CrewMember, changes: dict[str, Any]) -> dict[str, Any]:
    """The changes with the range of days that stands for `hire_date` and `fire_date`."""
    dates = {name: changes.get(name, getattr(member, name)) for name in ("hire_date", "fire_date")}
    others = {name: value for name, value in changes.items() if name not in dates}
    return others | {"employment": days.employment(**dates)}


def demand_bookings_within(member: CrewMember, employment: DateRange) -> None:
    """Raises ContractStillNeeded when the person is booked on a day that such a contract does not have."""
    if employment.lower is None:
        return
    count, outside = told_of(Booking.objects.filter(crew_member=member).outside(employment))
    if count:
        ends_early = employment.upper is not None and any(booking["end"] >= employment.upper for booking in outside)
        raise ContractStillNeeded("fire_date" if ends_early else "hire_date", count, outside)


def delete_member(member_id: int, *, by: Actor, dry_run: bool = False) -> Written:
    """Deletes somebody to whom nothing is assigned and who was never booked; locks the row. Raises StillHolds."""
    demand(by, "crew.delete_crewmember")
    with writing(by, dry_run=dry_run):
        member = CrewMember.objects.select_for_update().get(pk=member_id)
        gone = shown(member_id, dry_run)
        delete_free(member, "Assign them to somebody else, or end the contract instead.")
    return gone


def demand_rate(fields: dict[str, Any], by: Actor) -> None:
    """Raises NotAllowed when the actor sets a day rate without the right to see it."""
    if "day_rate" in fields and not by.has_perm("crew.view_day_rate"):
        raise NotAllowed("Day rates are for producers.", field="day_rate")


def shown(member_id: int, dry_run: bool) -> Written:
    return Written(CrewMember.objects.as_rows().get(pk=member_id), dry_run)
