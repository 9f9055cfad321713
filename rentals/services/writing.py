"""How rows are written, and which refusal each constraint stands for."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.core.exceptions import ValidationError
from django.db import OperationalError, models, transaction

from pipeline import services
from pipeline.services import Refusals, Row
from rentals.errors import Collided

COLLISIONS = frozenset({"40001", "40P01"})
REFUSALS: Refusals = {
    "rental_dates_in_order": lambda rental: ValidationError({"return_date": "It lies before the rental."}),
    "rental_due_after_start": lambda rental: ValidationError({"due_date": "It lies before the rental."}),
    "streaming_subscription_days_in_order": lambda row: ValidationError({"end_date": "It lies before the start."}),
}


@contextmanager
def written() -> Iterator[None]:
    """A transaction; what PostgreSQL breaks off, because others write the same rows, is Collided."""
    try:
        with transaction.atomic():
            yield
    except OperationalError as error:
        if getattr(error.__cause__, "sqlstate", None) not in COLLISIONS:
            raise
        raise Collided from error


def saved(row: Row, refusals: Refusals | None = None) -> Row:
    """As `pipeline.services.saved`, with the refusals of this app's constraints."""
    return services.saved(row, {**REFUSALS, **(refusals or {})})


def changed(row: Row, changes: Mapping[str, Any], refusals: Refusals | None = None) -> Row:
    """As `pipeline.services.changed`, with the refusals of this app's constraints."""
    return services.changed(row, changes, {**REFUSALS, **(refusals or {})})


def named(queryset: models.QuerySet[Row], pk: object, field: str) -> Row:
    """The row that an input named. Raises ValidationError for the field when there is none."""
    row = queryset.filter(pk=pk).first()
    if row is None:
        raise ValidationError({field: f"There is no {queryset.model._meta.verbose_name} {pk}."})
    return row
