"""Questions that any row with a version answers."""

from typing import Self, TypeVar

from django.db import models

from pipeline.errors import StaleVersion

M = TypeVar("M", bound=models.Model, covariant=True)


class VersionedQuerySet(models.QuerySet[M]):
    """Rows whose `row_version` counts their changes."""

    def locked(self) -> Self:
        """The rows locked for a change until the transaction ends; what refers to them may go on being written."""
        return self.select_for_update(of=("self",), no_key=True)

    def lock_one(self, pk: object, *, expected_version: int | None = None) -> M:
        """The row `pk`, locked.

        Raises DoesNotExist, or StaleVersion when the caller read another version than is stored now.
        """
        row = self.locked().get(pk=pk)
        current: int = row.row_version  # type: ignore[attr-defined]
        if expected_version not in (None, current):
            raise StaleVersion(current=current)
        return row
