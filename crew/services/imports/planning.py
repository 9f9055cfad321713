"""What each row of an import would do to the crew."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError

from crew.models import CrewMember, Role
from crew.querysets.conflicts import bookings_outside
from crew.services import days
from crew.services.imports.roles import Roles
from crew.services.imports.rows import Row
from crew.services.imports.stored import Stored
from pipeline.services.importing.orders import Mode, Order
from pipeline.services.importing.rows import Action

NEEDED = ("role", "hire_date")


@dataclass(slots=True)
class Plan:
    """What is to be written for the rows that are good."""

    roles: list[Role] = field(default_factory=list)
    created: list[CrewMember] = field(default_factory=list)
    updated: list[CrewMember] = field(default_factory=list)


def planned(rows: list[Row], stored: Stored, order: Order) -> Plan:
    """Gives each row its action, or its errors, in the order of the file."""
    roles = Roles.of(rows)
    lines: dict[Any, int] = {}
    for row in rows:
        refuse_repetition(row, lines)
    changes = [(row, *intended(row, stored, roles, order)) for row in rows if not row.errors]
    refuse_needed_contracts([(row, person) for row, person, differs in changes if differs and person.pk])
    plan = Plan()
    for row, person, differs in changes:
        if not row.errors:
            add_to_plan(plan, row, person, differs)
    used = {id(person.role) for person in (*plan.created, *plan.updated)}
    plan.roles = [role for role in roles.made.values() if id(role) in used]
    return plan


def refuse_repetition(row: Row, lines: dict[Any, int]) -> None:
    first = lines.setdefault(row.pk if row.pk is not None else row.key, row.line)
    if first != row.line:
        row.refuse("full_name", f"This person stands in line {first} already.", "repeated")


def intended(row: Row, stored: Stored, roles: Roles, order: Order) -> tuple[CrewMember, bool]:
    """The person as the row wants them, and whether that differs from what is stored."""
    known = stored.found(row)
    refuse_target(row, known, order)
    person = known or CrewMember()
    wanted: dict[str, Any] = {
        name: row.values[name] for name in ("full_name", "email", "day_rate") if name in row.values
    }
    if row.role:
        wanted["role"] = roles.role_for(row)
    refuse_missing(row, known)
    if not row.errors:
        wanted["employment"] = employment_of(row, known)
    differing = {name: value for name, value in wanted.items() if known is None or getattr(known, name) != value}
    if not row.errors:
        for name, value in differing.items():
            setattr(person, name, value)
    return person, bool(differing)


def refuse_target(row: Row, known: CrewMember | None, order: Order) -> None:
    """Refuses somebody who is there and should not be, or the other way round."""
    if known and order.mode is Mode.CREATE:
        row.refuse("full_name", "This person is there already. Use mode=update or mode=upsert.", "already_exists")
    elif known is None and order.mode is Mode.UPDATE:
        row.refuse("full_name", "There is no such person, and mode=update makes none.", "unknown")
    elif known is None and row.pk is not None and order.mode is Mode.UPSERT:
        row.refuse(
            "id", f"There is no crew member with the id {row.pk}. Leave the cell empty for a new one.", "unknown"
        )


def refuse_missing(row: Row, known: CrewMember | None) -> None:
    given: Mapping[str, Any] = row.values | {"role": row.role}
    for name in NEEDED:
        if known is None and not given.get(name):
            row.refuse(name, "Somebody new needs this.", "blank")


def employment_of(row: Row, known: CrewMember | None) -> Any:
    first = row.values.get("hire_date", known and known.hire_date)
    last = row.values.get("fire_date", known and known.fire_date)
    try:
        return days.employment(first, last)
    except ValidationError as error:
        for field_name, messages in error.message_dict.items():
            row.refuse(field_name, messages[0])
    return None


def refuse_needed_contracts(changes: list[tuple[Row, CrewMember]]) -> None:
    """Refuses contracts that would not cover what people are booked for."""
    outside = bookings_outside([person for row, person in changes if not row.errors])
    for row, person in changes:
        if person.pk in outside:
            count, first, last = outside[person.pk]
            row.refuse(
                "fire_date",
                f"The contract would not cover {count} bookings between {first} and {last}. Take these away first.",
                "contract_still_needed",
            )


def add_to_plan(plan: Plan, row: Row, person: CrewMember, differs: bool) -> None:
    if person.pk is None:
        plan.created.append(person)
        row.action = Action.CREATED
    elif differs:
        plan.updated.append(person)
        row.action = Action.UPDATED
    else:
        row.action = Action.UNCHANGED
