from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rentals.prices import DAY, Cost, costs_at_return, days_late, due_after, is_given_up

pytestmark = pytest.mark.unit
OUT = datetime(2030, 5, 1, 12, tzinfo=UTC)
DUE = due_after(OUT, 3)
SECOND = timedelta(seconds=1)
spans = st.timedeltas(min_value=timedelta(), max_value=timedelta(days=4000))
days = st.integers(1, 365)
prices = st.decimals(min_value=0, max_value=Decimal("99.99"), places=2)


def costs(returned: datetime, *, rate_is_charged: bool = False) -> list[Cost]:
    return costs_at_return(
        rental_date=OUT,
        due_date=DUE,
        returned=returned,
        rental_rate=Decimal("2.99"),
        replacement_cost=Decimal("19.99"),
        rate_is_charged=rate_is_charged,
    )


@pytest.mark.parametrize(("late", "begun"), [(-DAY, 0), (0 * DAY, 0), (SECOND, 1), (DAY, 1), (DAY + SECOND, 2)])
def test_every_day_begun_since_the_due_date_counts(late: timedelta, begun: int) -> None:
    assert days_late(DUE, DUE + late) == begun


def test_who_is_in_time_pays_the_rate() -> None:
    assert costs(DUE) == [("rental", Decimal("2.99"))]


def test_a_second_late_costs_a_day() -> None:
    assert costs(DUE + SECOND) == [("rental", Decimal("2.99")), ("late", Decimal("1.00"))]


def test_twice_the_days_are_late_and_no_more() -> None:
    assert costs(OUT + 6 * DAY) == [("rental", Decimal("2.99")), ("late", Decimal("3.00"))]


def test_after_twice_the_days_the_copy_is_paid_on_top() -> None:
    assert costs(OUT + 6 * DAY + SECOND)[1:] == [("late", Decimal("4.00")), ("replacement", Decimal("19.99"))]


def test_a_rate_that_was_charged_is_not_charged_again() -> None:
    assert costs(DUE, rate_is_charged=True) == []


@given(agreed=days, kept=spans)
def test_nobody_pays_for_the_copy_who_is_not_late(agreed: int, kept: timedelta) -> None:
    due, back = due_after(OUT, agreed), OUT + kept
    assert not is_given_up(OUT, due, back) or days_late(due, back) >= agreed


@given(agreed=days, kept=spans, more=spans, rate=prices, copy=prices)
def test_keeping_it_longer_never_costs_less(
    agreed: int, kept: timedelta, more: timedelta, rate: Decimal, copy: Decimal
) -> None:
    def total(back: datetime) -> Decimal:
        due = due_after(OUT, agreed)
        found = costs_at_return(rental_date=OUT, due_date=due, returned=back, rental_rate=rate, replacement_cost=copy)
        return sum((cost.amount for cost in found), Decimal(0))

    assert rate <= total(OUT + kept) <= total(OUT + kept + more)


@given(agreed=days, kept=spans)
def test_each_kind_is_charged_once_in_whole_cents(agreed: int, kept: timedelta) -> None:
    found = costs_at_return(
        rental_date=OUT,
        due_date=due_after(OUT, agreed),
        returned=OUT + kept,
        rental_rate=Decimal("0.99"),
        replacement_cost=Decimal("9.99"),
    )
    assert len({cost.kind for cost in found}) == len(found)
    assert all(cost.amount == cost.amount.quantize(Decimal("0.01")) > 0 for cost in found)
