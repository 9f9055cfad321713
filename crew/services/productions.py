from collections import Counter
from datetime import date
from typing import Any, Literal

from crew.models import Production, Requirement
from crew.services import days
from crew.services.bookings import count_change
from crew.services.changing import Change
from crew.services.requirements import Requirements, keep_requirements, read_requirements
from crew.services.staffing import Staffing
from crew.services.transactions import Written, lock_people, settled, writing
from crew.services.writing import delete_free, saved
from pipeline.services import Actor, demand

OnConflict = Literal["refuse", "replace"]
Row = dict[str, Any]


def schedule_production(
    title: str,
    *,
    by: Actor,
    start: date,
    end: date,
    requirements: Requirements | None = None,
    allow_gaps: bool = False,
    dry_run: bool = False,
) -> Written:
    """A new production from its first to its last day, and people booked for it: all that is required, or nothing.

    `requirements` say how many of each role, by the role's name or id. Booked are those whom `picked` names; they are
    locked, and so are the roles: who looks for people of the same role at the same time waits. With `allow_gaps` it
    books whom it can. Raises NotAllowed, CrewUnavailable, BookingsCollided, ValidationError by field.
    """
    demand(by, "crew.add_production")
    with writing(by, dry_run=dry_run):
        wanted = read_requirements(requirements or {})
        production = saved(Production(title=title, period=days.period(start, end)))
        keep_requirements(production, wanted)
        settled(Staffing(production, wanted, allow_gaps=allow_gaps).carry_out)
        row = shown(production.pk)
    return Written(row, dry_run, booked=row["bookings"])


def change_production(
    production_id: int,
    *,
    by: Actor,
    expected_version: int | None = None,
    requirements: Requirements | None = None,
    on_conflict: OnConflict = "refuse",
    allow_gaps: bool = False,
    dry_run: bool = False,
    **changes: Any,
) -> Written:
    """Changes title, start, end or requirements of a production, whose row is locked, and with them its bookings.

    New days bind everybody who is booked then; whom they do not suit refuses them, or with `on_conflict="replace"`
    somebody else is booked instead. `requirements` are all that are wanted from now on: a role whose number grows is
    booked up to it, one that shrinks or is absent releases so many, those first whom new days do not suit, then the
    latest booked. Nothing is done for numbers that stay. Raises what `schedule_production` raises, DatesClash,
    StaleVersion, Production.DoesNotExist.
    """
    demand(by, "crew.change_production")
    with writing(by, dry_run=dry_run):
        production = Production.objects.lock_one(production_id, expected_version=expected_version)
        before = shown(production_id)
        intended(production, changes, requirements, on_conflict == "replace", allow_gaps).settle()
        return compared(before, shown(production_id), dry_run)


def intended(
    production: Production, changes: Row, requirements: Requirements | None, replace: bool, allow_gaps: bool
) -> Change:
    period = days.period(changes.get("start", production.start), changes.get("end", production.end))
    moves = period != production.period
    rows = Requirement.objects.filter(production=production).order_by("role")
    before = dict(rows.values_list("role", "count"))
    booked = production.bookings.order_by().values_list("role", flat=True).distinct() if moves and replace else ()
    wanted = read_requirements(requirements or {}, also=booked)
    return Change(
        production_id=production.pk,
        title=changes.get("title", production.title),
        period=period,
        before=before,
        wanted=before if requirements is None else wanted,
        moves=moves,
        replace=replace,
        allow_gaps=allow_gaps,
    )


def cancel_production(production_id: int, *, by: Actor, dry_run: bool = False) -> Written:
    """Deletes a production that no show points to, which releases everybody who is booked for it; locks all of them.

    Answers it as it was. Raises StillHolds, Production.DoesNotExist.
    """
    demand(by, "crew.delete_production")
    with writing(by, dry_run=dry_run):
        production = Production.objects.select_for_update().get(pk=production_id)
        row = shown(production_id)
        lock_people(list(production.bookings.values_list("crew_member", flat=True)))
        delete_free(production, "Take it off the shows first.")
    return Written(row, dry_run, released=row["bookings"])


def staff_production(production_id: int, *, by: Actor, allow_gaps: bool = False, dry_run: bool = False) -> Written:
    """Books people for what a production, whose row is locked, requires and does not have yet.

    All of it, or with `allow_gaps` whom it can. Raises what `schedule_production` raises, Production.DoesNotExist.
    """
    demand(by, "crew.change_production")
    with writing(by, dry_run=dry_run):
        production = Production.objects.lock_one(production_id)
        before = shown(production_id)
        wanted = read_requirements(before["requirements"])
        booked = Counter(production.bookings.values_list("role", flat=True))
        places = {role: number - booked[role] for role, number in wanted.items() if number > booked[role]}
        settled(Staffing(production, places, booked, allow_gaps).carry_out)
        if places:
            count_change(production_id)
        return compared(before, shown(production_id), dry_run)


def shown(production_id: int) -> Row:
    row: Row = Production.objects.as_rows().get(pk=production_id)
    return row


def compared(before: Row, after: Row, dry_run: bool) -> Written:
    """The row as it is now, with the bookings that came and went."""
    old, new = ({booking["id"]: booking for booking in row["bookings"]} for row in (before, after))
    booked = [booking for pk, booking in new.items() if pk not in old]
    return Written(after, dry_run, booked, [booking for pk, booking in old.items() if pk not in new])
