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


def period(start: date | None, end: date | None) -> DateRange:
    """The days of a production.

    Raises ValidationError when it ends before it begins, or on 9999-12-31, whose next day no date can be.
    """
    if end == date.max:
        raise ValidationError({"end": "A production ends before 9999-12-31."})
    demand_order(start, end, "end", "The production ends before it begins.")
    return DateRange(start, end + ONE_DAY if end else None)


def demand_order(first: date | None, last: date | None, field: str, message: str) -> None:
    if first and last and last < first:
        raise ValidationError({field: message})
