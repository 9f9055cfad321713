"""Rows carried out: all that is good in one transaction, with a fixed number of statements."""

from typing import Any

from django.db import IntegrityError, OperationalError, connection
from django.utils import timezone

from pipeline.errors import RowsRefused
from pipeline.services import attributed
from pipeline.services.importing.orders import Order
from pipeline.services.importing.rows import Action, outcome
from shows.errors import ImportCollided
from shows.models import Sequence, Shot, Show
from shows.services.imports.planning import Plan, planned
from shows.services.imports.rows import Row
from shows.services.imports.stored import Stored

COLUMNS = (
    *("id", "status", "assigned_to_id", "description"),
    *("frame_start", "frame_end", "head_handle", "tail_handle"),
)
# One statement for any number of rows; a CASE for each row, which bulk_update makes, costs the square of them.
UPDATE = """
    UPDATE shows_shot SET
        status = new.status, assigned_to_id = new.assigned_to_id, description = new.description,
        frame_start = new.frame_start, frame_end = new.frame_end,
        head_handle = new.head_handle, tail_handle = new.tail_handle, updated_at = %s
    FROM unnest(%s::bigint[], %s::text[], %s::bigint[], %s::text[], %s::int[], %s::int[], %s::int[], %s::int[])
        AS new (id, status, assigned_to_id, description, frame_start, frame_end, head_handle, tail_handle)
    WHERE shows_shot.id = new.id
"""
# Deadlock and serialization failure: somebody else was writing the same rows.
COLLISIONS = ("40P01", "40001")


def carry_out(show_id: int, rows: list[Row], order: Order, *, reason: str, **more: Any) -> dict[str, Any]:
    """Creates and updates shots as the rows say; `more` stands in the answer too.

    Locks the show, so that imports into it follow each other, and the shots that change. Raises Show.DoesNotExist;
    RowsRefused unless all rows are good or the order is partial; ImportCollided when others wrote the same shots
    meanwhile. A dry run writes nothing.
    """
    try:
        with attributed(order.by, reason):
            Show.objects.locked().get(pk=show_id)
            plan = planned(show_id, rows, Stored.of(show_id, rows), order)
            answer = outcome(rows, dry_run=order.dry_run, **more)
            if answer[Action.FAILED] and not order.partial:
                raise RowsRefused(answer)
            if not order.dry_run:
                write(plan)
    except IntegrityError as error:
        raise ImportCollided from error
    except OperationalError as error:
        if getattr(error.__cause__, "sqlstate", None) not in COLLISIONS:
            raise
        raise ImportCollided from error
    return answer


def write(plan: Plan) -> None:
    Sequence.objects.bulk_create(plan.sequences.values())
    Shot.objects.bulk_create(plan.created)
    if plan.updated:
        update(plan.updated)
    # What foreign keys refuse, they refuse here, where the refusal has a name, and not at the commit.
    connection.check_constraints()


def update(shots: list[Shot]) -> None:
    values = [[getattr(shot, column) for shot in shots] for column in COLUMNS]
    with connection.cursor() as cursor:
        cursor.execute(UPDATE, [timezone.now(), *values])
