from typing import IO, Any

from django.db import connection

from crew.models import CrewMember, Role
from crew.services.imports.cells import COLUMNS, REQUIRED, rows_of
from crew.services.imports.planning import Plan, planned
from crew.services.imports.rows import Row
from crew.services.imports.stored import Stored
from crew.services.transactions import writing
from pipeline.errors import NotAllowed, RowsRefused
from pipeline.services import Actor, demand
from pipeline.services.importing.files import text_of
from pipeline.services.importing.orders import Mode, Order
from pipeline.services.importing.rows import Action, outcome
from pipeline.services.importing.table import read_table

# One statement for any number of rows.
UPDATE = """
    UPDATE crew_member SET
        full_name = new.full_name, role_id = new.role_id, employment = daterange(new.first_day, new.day_after),
        email = new.email, day_rate = new.day_rate
    FROM unnest(%s::bigint[], %s::text[], %s::bigint[], %s::date[], %s::date[], %s::text[], %s::numeric[])
        AS new (id, full_name, role_id, first_day, day_after, email, day_rate)
    WHERE crew_member.id = new.id
"""
RIGHTS = {
    Mode.CREATE: ("crew.add_crewmember",),
    Mode.UPDATE: ("crew.change_crewmember",),
    Mode.UPSERT: ("crew.add_crewmember", "crew.change_crewmember"),
}


def import_crew(
    *, file: IO[bytes], by: Actor, mode: Mode = Mode.CREATE, dry_run: bool = False, partial: bool = False
) -> dict[str, Any]:
    """Hires and changes people from a CSV file, and makes the roles that are missing.

    A row with an `id` is that person, another one whoever has its name and first day. A column that is absent leaves
    its value alone; an empty cell opens a contract, and empties an e-mail and a day rate. A role that is not there is
    made in the row's department, as `Name (Department)` where another department has one of that name. With errors
    nothing is written, unless `partial`: then the good rows are. Locks the people.

    Raises NotAllowed (also for a day rate from who may not see it), FileTooLarge, ImportRefused for a file that cannot
    be read, RowsRefused for rows, BookingsCollided.
    """
    order = Order(by, Mode(mode), dry_run=dry_run, partial=partial)
    for right in RIGHTS[order.mode]:
        demand(by, right)
    table = read_table(text_of(file), known=COLUMNS, required=REQUIRED)
    if "day_rate" in table.columns and not by.has_perm("crew.view_day_rate"):
        raise NotAllowed("Day rates are for producers. Take the column day_rate out of the file.", field="day_rate")
    return carry_out(rows_of(table), order, ignored_columns=table.ignored)


def carry_out(rows: list[Row], order: Order, **more: Any) -> dict[str, Any]:
    with writing(order.by, dry_run=order.dry_run):
        plan = planned(rows, Stored.of(rows), order)
        answer = outcome(rows, dry_run=order.dry_run, **more)
        if answer[Action.FAILED] and not order.partial:
            raise RowsRefused(answer)
        if plan.roles:
            demand(order.by, "crew.add_role")
        write(plan)
    return answer


def write(plan: Plan) -> None:
    Role.objects.bulk_create(plan.roles)
    CrewMember.objects.bulk_create(plan.created)
    if plan.updated:
        with connection.cursor() as cursor:
            cursor.execute(UPDATE, [list(column) for column in zip(*map(columns_of, plan.updated), strict=True)])


def columns_of(person: CrewMember) -> tuple[Any, ...]:
    days = person.employment
    return person.pk, person.full_name, person.role.pk, days.lower, days.upper, person.email, person.day_rate
