"""Rows without a rule of their own: made, changed and deleted alike."""

from typing import Any, Generic, TypeVar

from django.db import models, transaction

from pipeline import services
from pipeline.errors import StillHolds
from pipeline.querysets import VersionedQuerySet
from pipeline.services import Actor, Refusals, demand, hanging_on

Row = TypeVar("Row", bound=models.Model)


class Records(Generic[Row]):
    """The rows of one model; `way_out` says what to do before a deletion, `refusals` what constraints stand for."""

    def __init__(self, model: type[Row], way_out: str, refusals: Refusals | None = None) -> None:
        self.model = model
        self.way_out = way_out
        self.refusals = refusals or {}

    @property
    def objects(self) -> VersionedQuerySet[Row]:
        found: VersionedQuerySet[Row] = self.model._default_manager.all()  # type: ignore[assignment]
        return found

    def create(self, *, by: Actor, **fields: Any) -> Row:
        """A new row. Raises NotAllowed, ValidationError by field, and the refusals of the model's constraints."""
        self.demand("add", by)
        with transaction.atomic():
            return services.saved(self.model(**fields), self.refusals)

    def change(self, pk: int, *, by: Actor, expected_version: int | None = None, **changes: Any) -> Row:
        """Changes a row, which is locked. Raises what `create` raises, StaleVersion, DoesNotExist."""
        self.demand("change", by)
        with transaction.atomic():
            row = self.objects.lock_one(pk, expected_version=expected_version)
            return services.changed(row, changes, self.refusals)

    def remove(self, pk: int, *, by: Actor) -> None:
        """Deletes a row that nothing refers to; locks it. Raises StillHolds, DoesNotExist."""
        self.demand("delete", by)
        with transaction.atomic():
            row = self.objects.select_for_update().get(pk=pk)
            if counts := hanging_on(row):
                raise StillHolds(str(row._meta.verbose_name), self.way_out, **counts)
            row.delete()

    def demand(self, action: str, by: Actor) -> None:
        meta = self.model._meta
        demand(by, f"{meta.app_label}.{action}_{meta.model_name}")
