"""What a rental costs. Nothing here asks anybody: instants and prices in, money out."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import NamedTuple

LATE_FEE_A_DAY = Decimal("1.00")
DAY = timedelta(days=1)
RENTAL, LATE, REPLACEMENT = "rental", "late", "replacement"


class Cost(NamedTuple):
    """One charge: `kind` is rental, late or replacement."""

    kind: str
    amount: Decimal


def due_after(rental_date: datetime, days: int) -> datetime:
    return rental_date + days * DAY


def days_late(due_date: datetime, returned: datetime) -> int:
    """The days begun since `due_date`: a second late is a day late."""
    return max(0, -((due_date - returned) // DAY))


def is_given_up(rental_date: datetime, due_date: datetime, returned: datetime) -> bool:
    """Whether it was kept for more than twice the days that were agreed."""
    return returned - rental_date > 2 * (due_date - rental_date)


def costs_at_return(
    *,
    rental_date: datetime,
    due_date: datetime,
    returned: datetime,
    rental_rate: Decimal,
    replacement_cost: Decimal,
    rate_is_charged: bool = False,
) -> list[Cost]:
    """What is charged when a copy comes back: the rate unless it was charged before, late fees, the copy itself.

    Late fees and the replacement add up. What costs nothing is left out, but the rate.
    """
    late = days_late(due_date, returned)
    return [
        *([] if rate_is_charged else [Cost(RENTAL, rental_rate)]),
        *([Cost(LATE, late * LATE_FEE_A_DAY)] if late else []),
        *([Cost(REPLACEMENT, replacement_cost)] if is_given_up(rental_date, due_date, returned) else []),
    ]
