"""First and last days, both included, as ranges that PostgreSQL keeps and Python can read back."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db.backends.postgresql.psycopg_any import DateRange

ONE_DAY = timedelta(days=1)


def employment(hire_date: date | None, fire_date: date | None) -> DateRange:
    """The days of a contract; without a last day, or with 9999-12-31 for one, it is open-ended.

    Raises ValidationError when it ends before it begins.
    """
    if fire_date in (None, date.max):
        return DateRange(hire_date, None)
    demand_order(hire_date, fire_date, "fire_date", "The contract ends before it begins.")
    return DateRange(hire_date, fire_date + ONE_DAY)


def period(start: date | None, end: date | None, what: str = "A production") -> DateRange:
    """The days of a production or of time off.

    Raises ValidationError when a day is missing, when it ends before it begins, or on 9999-12-31, whose next day no
    date can be.
    """
    if start is None or end is None:
        raise ValidationError({"end" if start else "start": f"{what} has a first and a last day."})
    if end == date.max:
        raise ValidationError({"end": f"{what} ends before 9999-12-31."})
    demand_days(start, end)
    return DateRange(start, end + ONE_DAY)


def demand_days(start: date | None, end: date | None) -> None:
    """Raises ValidationError when the last of some days lies before the first."""
    demand_order(start, end, "end", "The last day lies before the first.")


def demand_order(first: date | None, last: date | None, field: str, message: str) -> None:
    if first and last and last < first:
        raise ValidationError({field: message})


def last_of(period: DateRange) -> date:
    """The last day of a bounded range."""
    last: date = period.upper - ONE_DAY
    return last
