"""Days and parts of rows as SQL says them."""

from typing import Any

from django.db.models import DateField, F, Field, Func
from django.db.models.expressions import RawSQL

# Dictionaries by the names that the API gives the columns.
Rows = Any


class Json(Field):
    """What PostgreSQL wrote as `json`, in its own order; psycopg has read it already."""

    def get_internal_type(self) -> str:
        return "JsonText"


def first_day(column: str) -> Func:
    """The first day of a range."""
    return Func(F(column), function="lower", output_field=DateField())


def last_day(column: str) -> Func:
    """The last day of a range; null where it is open."""
    return Func(F(column), template="(upper(%(expressions)s) - 1)", output_field=DateField())


def days_of(column: str, first: str = "start", last: str = "end") -> dict[str, Func]:
    """The first and the last day of a range under these names."""
    return {first: first_day(column), last: last_day(column)}


def json_of(statement: str) -> RawSQL:
    """What a constant subselect writes about the row of the outer table."""
    return RawSQL(statement, [], output_field=Json())  # noqa: S611 - constants of this package only
