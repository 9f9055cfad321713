from typing import TYPE_CHECKING, Self

from crew.querysets.expressions import Rows
from pipeline.querysets import VersionedQuerySet
from pipeline.services import Actor

if TYPE_CHECKING:
    from crew.models import Role  # noqa: F401  (the base class names it)


class RoleQuerySet(VersionedQuerySet["Role"]):
    def visible_to(self, user: Actor) -> Self:
        """All roles to those who work in the studio, none to anybody else."""
        return self if user.has_perm("crew.view_role") else self.none()

    def as_rows(self) -> Rows:
        return self.values("id", "name", "department", "row_version")

    def as_csv_rows(self) -> Rows:
        return self.values("id", "name", "department")
