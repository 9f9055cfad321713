from datetime import date
from typing import Any

from crew.models import CrewMember
from crew.services import days
from crew.services.writing import changed, delete_free, saved
from pipeline.errors import NotAllowed
from pipeline.services import Actor, attributed, demand


def hire_member(*, by: Actor, hire_date: date, fire_date: date | None = None, **fields: Any) -> CrewMember:
    """Puts somebody under contract, from the first to the last day or, without one, open-ended.

    `fields` are full_name, role, email, day_rate and user. Raises NotAllowed for a day rate from who may not see it,
    AccountTaken, ValidationError by field when the contract ends before it begins.
    """
    demand(by, "crew.add_crewmember")
    demand_rate(fields, by)
    with attributed(by):
        return saved(CrewMember(employment=days.employment(hire_date, fire_date), **fields))


def change_member(member_id: int, *, by: Actor, expected_version: int | None = None, **changes: Any) -> CrewMember:
    """Changes somebody, whose row is locked; `fire_date` ends the contract, None for it opens the contract again.

    Raises what `hire_member` raises, StaleVersion, CrewMember.DoesNotExist.
    """
    demand(by, "crew.change_crewmember")
    demand_rate(changes, by)
    with attributed(by):
        member = CrewMember.objects.lock_one(member_id, expected_version=expected_version)
        return changed(member, with_employment(member, changes))


def with_employment(member: CrewMember, changes: dict[str, Any]) -> dict[str, Any]:
    """The changes with the range of days that stands for `hire_date` and `fire_date`."""
    dates = {name: changes.get(name, getattr(member, name)) for name in ("hire_date", "fire_date")}
    others = {name: value for name, value in changes.items() if name not in dates}
    return others | {"employment": days.employment(**dates)}


def delete_member(member_id: int, *, by: Actor) -> None:
    """Deletes somebody to whom nothing is assigned; locks the row. Raises StillHolds."""
    demand(by, "crew.delete_crewmember")
    with attributed(by):
        member = CrewMember.objects.select_for_update().get(pk=member_id)
        delete_free(member, "Assign them to somebody else, or end the contract instead.")


def demand_rate(fields: dict[str, Any], by: Actor) -> None:
    """Raises NotAllowed when the actor sets a day rate without the right to see it."""
    if "day_rate" in fields and not by.has_perm("crew.view_day_rate"):
        raise NotAllowed("Day rates are for producers.", field="day_rate")
