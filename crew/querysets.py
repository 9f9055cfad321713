from datetime import date
from typing import TYPE_CHECKING, Self

from pipeline.querysets import VersionedQuerySet

if TYPE_CHECKING:
    from crew.models import CrewMember  # noqa: F401  (the base class names it)


class CrewMemberQuerySet(VersionedQuerySet["CrewMember"]):
    def employed_on(self, day: date) -> Self:
        """Everybody under contract on that day; hire and end date are days of the contract."""
        return self.filter(employment__contains=day)
