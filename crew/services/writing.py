"""How one row is written or deleted, and which refusal each constraint stands for."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from crew.errors import AccountTaken, RoleNameTaken
from pipeline import services
from pipeline.errors import StillHolds
from pipeline.services import Refusals, Row, hanging_on

REFUSALS: Refusals = {
    "crew_role_name_unique": lambda role: RoleNameTaken(role.name),
    "crew_member_user_id_key": lambda member: AccountTaken(),
    "crew_member_employment_begins": lambda member: ValidationError({"hire_date": "A contract has a first day."}),
    "production_period_bounded": lambda production: ValidationError(
        {"end" if production.period.lower else "start": "A production has a first and a last day."}
    ),
}


def saved(row: Row) -> Row:
    """As `pipeline.services.saved`, with the refusals of this app's constraints."""
    return services.saved(row, REFUSALS)


def changed(row: Row, changes: dict[str, Any]) -> Row:
    """As `pipeline.services.changed`, with the refusals of this app's constraints."""
    return services.changed(row, changes, REFUSALS)


def delete_free(row: models.Model, way_out: str) -> None:
    """Deletes a row, locked FOR UPDATE, that nothing refers to. Raises StillHolds, which says the way out."""
    if counts := hanging_on(row):
        raise StillHolds(str(row._meta.verbose_name), way_out, **counts)
    row.delete()
