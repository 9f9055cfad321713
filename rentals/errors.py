from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from pipeline.errors import AlreadyExists, Refusal


class DumpRefused(Refusal):
    """A file that is no dump of Pagila's, or a broken one; `line` says where."""

    status = 400
    code = "dump_refused"
    title = "The dump cannot be imported"

    def __init__(self, detail: str, *, file: Path | None = None, line: int | None = None) -> None:
        where = ", ".join([*([str(file)] if file else []), *([f"line {line}"] if line else [])])
        super().__init__(f"{where}: {detail}" if where else detail, line=line)


class OthersThere(Refusal):
    """Rows that are not the demo's stand where the dump's should go."""

    code = "others_there"

    def __init__(self, tables: list[str]) -> None:
        super().__init__(
            f"There are rows in {', '.join(tables)} that are not the demo's, so nothing was imported. "
            "With --replace all films, customers and rentals are replaced by the dump's.",
            tables=tables,
        )


class DumpNotFetched(Refusal):
    """The public dump could not be had."""

    status = 503
    code = "dump_not_fetched"
    title = "Not available now"


class CopyOut(Refusal):
    """Somebody has the copy. The facts say since when, until when, and which copy of the film is free instead."""

    code = "copy_out"

    def __init__(
        self, inventory_id: int, *, rented_since: datetime | None, due_date: datetime | None, next_free: int | None
    ) -> None:
        super().__init__(
            f"Copy {inventory_id} is out. {instead(next_free)}",
            field="inventory_id",
            inventory_id=inventory_id,
            rented_since=rented_since,
            due_date=due_date,
            next_free_inventory_id=next_free,
        )


class CopyNotLent(Refusal):
    """The copy is lost or retired."""

    code = "copy_not_lent"

    def __init__(self, inventory_id: int, *, state: str, next_free: int | None) -> None:
        super().__init__(
            f"Copy {inventory_id} is {state}, so it cannot be lent. {instead(next_free)}",
            field="inventory_id",
            inventory_id=inventory_id,
            state=state,
            next_free_inventory_id=next_free,
        )


class CopyHeld(Refusal):
    """The copy is kept for who is first in the film's queue."""

    code = "copy_held"

    def __init__(self, inventory_id: int, *, ready_until: datetime, next_free: int | None) -> None:
        super().__init__(
            f"Copy {inventory_id} is kept for another customer until {ready_until:%Y-%m-%d %H:%M} UTC. "
            f"{instead(next_free)}",
            field="inventory_id",
            inventory_id=inventory_id,
            ready_until=ready_until,
            next_free_inventory_id=next_free,
        )


def instead(next_free: int | None) -> str:
    return f"Copy {next_free} of the film is free." if next_free else "No other copy of the film is free: place a hold."


class CopyStillOut(Refusal):
    """A copy in a customer's hands is neither lost nor retired."""

    code = "copy_out"

    def __init__(self, inventory_id: int, *, rented_since: datetime, due_date: datetime) -> None:
        super().__init__(
            f"Copy {inventory_id} is out, so it cannot be marked. Return it first, which also charges what it costs.",
            field="state",
            inventory_id=inventory_id,
            rented_since=rented_since,
            due_date=due_date,
        )


class CustomerInactive(Refusal):
    code = "customer_inactive"

    def __init__(self, customer_id: int) -> None:
        super().__init__(
            f"Customer {customer_id} is not active. Activate the customer first.",
            field="customer_id",
            customer_id=customer_id,
        )


class ReturnedAlready(Refusal):
    code = "returned_already"

    def __init__(self, rental_id: int, *, return_date: datetime) -> None:
        super().__init__(
            f"Rental {rental_id} ended on {return_date:%Y-%m-%d %H:%M} UTC.",
            rental_id=rental_id,
            return_date=return_date,
        )


class SomebodyWaits(Refusal):
    """A rental is not extended while others queue for the film."""

    code = "somebody_waits"

    def __init__(self, *, waiting: int) -> None:
        super().__init__(
            f"The rental cannot be extended, because others wait for the film: {waiting}.", waiting=waiting
        )


class CopyFree(Refusal):
    """Nobody queues for what lies on the shelf."""

    code = "copy_free"

    def __init__(self, inventory_id: int) -> None:
        super().__init__(
            f"Copy {inventory_id} of the film is free: rent it instead.", next_free_inventory_id=inventory_id
        )


class NoCopies(Refusal):
    """Nobody queues for what never comes back."""

    code = "no_copies"

    def __init__(self) -> None:
        super().__init__("The film has no copy that could be lent. Add one first.", field="film_id")


class WaitsAlready(AlreadyExists):
    """A customer stands in a queue once."""

    def __init__(self, hold_id: int | None) -> None:
        super().__init__("The customer waits for this film already.", field="customer_id", hold_id=hold_id)


class RefundTooLarge(Refusal):
    """More than was paid is not given back."""

    code = "refund_too_large"

    def __init__(self, *, paid: Decimal) -> None:
        super().__init__(
            f"At most {paid} can be given back: that is what was paid.", field="amount", refundable=str(paid)
        )


class SubscriptionOverlaps(Refusal):
    """A customer has one plan at a time."""

    code = "subscription_overlaps"

    def __init__(self, other: Mapping[str, Any] | None) -> None:
        which = f" ({other['plan_name']}, {other['start_date']} to {other['end_date'] or 'open'})" if other else ""
        super().__init__(
            f"The customer has a subscription on some of these days{which}. End that one first, or choose other days.",
            field="start_date",
            subscription=other,
        )


class Collided(Refusal):
    """Others wrote the same rows at the same time, and PostgreSQL let them go first."""

    code = "collided"

    def __init__(self) -> None:
        super().__init__("Somebody else changed the same thing at the same time. Nothing was written: try again.")


class AccountTaken(AlreadyExists):
    """An account is one clerk's at most."""

    def __init__(self) -> None:
        super().__init__("That account belongs to somebody else of the staff. Choose another, or none.", field="user")


class ManagesAlready(AlreadyExists):
    """Nobody manages two stores."""

    def __init__(self) -> None:
        super().__init__("They manage another store already. Choose somebody else.", field="manager_staff")
