"""What each row of an import would do to the show."""

from dataclasses import dataclass, field
from typing import Any

from pipeline.services.importing.orders import Mode, Order
from pipeline.services.importing.rows import Action
from shows.models import Sequence, Shot
from shows.services.imports.codes import without_leading_zeros
from shows.services.imports.rows import Row
from shows.services.imports.stored import Key, Stored

STATUS_RIGHTS = ("shows.change_shot", "shows.set_shot_status")


@dataclass(slots=True)
class Plan:
    """What is to be written for the rows that are good."""

    sequences: dict[str, Sequence] = field(default_factory=dict)
    created: list[Shot] = field(default_factory=list)
    updated: list[Shot] = field(default_factory=list)


def planned(show_id: int, rows: list[Row], stored: Stored, order: Order) -> Plan:
    """Gives each row its action, or its errors, in the order of the file."""
    plan = Plan()
    lines: dict[Key, int] = {}
    for row in rows:
        refuse_repetition(row, lines)
        if not row.errors:
            shot = stored.shots.get(row.key) or Shot(show_id=show_id, code=row.code)
            refuse_target(row, stored, order)
            refuse_values(row, shot, stored, order)
            if not row.errors:
                add_to_plan(plan, row, shot, stored)
    return plan


def refuse_repetition(row: Row, lines: dict[Key, int]) -> None:
    first = lines.setdefault(row.key, row.line)
    if first != row.line:
        row.refuse("code", f"The shot stands in line {first} already.", "repeated")


def refuse_target(row: Row, stored: Stored, order: Order) -> None:
    """Refuses a shot that is there and should not be, or the other way round."""
    if row.key in stored.shots:
        if order.mode is Mode.CREATE:
            row.refuse("code", "There is such a shot already. Use mode=update or mode=upsert.", "already_exists")
    elif order.from_spreadsheet and (known := only_zeros_differ(row, stored)):
        row.refuse(*known)
    elif order.mode is Mode.UPDATE:
        missing = "sequence" if row.sequence.upper() not in stored.sequences else "code"
        row.refuse(
            missing, f"There is no such {missing.replace('code', 'shot')}, and mode=update makes none.", "unknown"
        )


def only_zeros_differ(row: Row, stored: Stored) -> tuple[str, str, str] | None:
    """The field and the message, when a sequence or a shot is there whose code has other leading zeros."""
    sequence, code = row.key
    advice = "Spreadsheets take leading zeros away: make the column text."
    if sequence not in stored.sequences:
        known = stored.similar_sequences.get(without_leading_zeros(sequence))
        return ("sequence", f"There is a sequence {known}. {advice}", "leading_zeros") if known else None
    known = stored.similar_shots.get((sequence, without_leading_zeros(code)))
    return ("code", f"There is a shot {known}. {advice}", "leading_zeros") if known else None


def refuse_values(row: Row, shot: Shot, stored: Stored, order: Order) -> None:
    person = row.values.get("assigned_to_id")
    if person is not None and person not in stored.crew:
        row.refuse("assigned_to", f"There is no crew member with the id {person}.", "does_not_exist")
    status = row.values.get("status", shot.status)
    if status != shot.status and not any(order.by.has_perm(right) for right in STATUS_RIGHTS):
        row.refuse("status", f"You may not set the status {status}.", "status_not_allowed")
    start, end = (row.values.get(name, getattr(shot, name)) for name in ("frame_start", "frame_end"))
    if end < start:
        row.refuse("frame_end", f"The last frame, {end}, comes before the first, {start}.")


def add_to_plan(plan: Plan, row: Row, shot: Shot, stored: Stored) -> None:
    differing = {name: value for name, value in row.values.items() if getattr(shot, name) != value}
    for name, value in differing.items():
        setattr(shot, name, value)
    if shot.pk is None:
        shot.sequence = sequence_for(plan, row, shot.show_id, stored)
        plan.created.append(shot)
        row.action = Action.CREATED
    elif differing:
        plan.updated.append(shot)
        row.action = Action.UPDATED
    else:
        row.action = Action.UNCHANGED


def sequence_for(plan: Plan, row: Row, show_id: int, stored: Stored) -> Any:
    code = row.sequence.upper()
    if code in stored.sequences:
        return stored.sequences[code]
    return plan.sequences.setdefault(code, Sequence(show_id=show_id, code=row.sequence))
