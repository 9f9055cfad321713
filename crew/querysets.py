import re
from datetime import date
from typing import TYPE_CHECKING, Self

from django.db.models import Exists, OuterRef

from pipeline.querysets import VersionedQuerySet

if TYPE_CHECKING:
    from crew.models import CrewMember  # noqa: F401  (the base class names it)


# A name with the number that tells namesakes apart.
NUMBERED = re.compile(r"(?P<name>.*\S)\s+#(?P<pk>[0-9]{1,18})")


class CrewMemberQuerySet(VersionedQuerySet["CrewMember"]):
    def called(self, name: str) -> Self:
        """Everybody of that name, regardless of case; `Ada Lovelace #12` is the one of that id."""
        numbered = NUMBERED.fullmatch(name)
        if numbered:
            return self.filter(full_name__iexact=numbered["name"], pk=int(numbered["pk"]))
        return self.filter(full_name__iexact=name)

    def with_namesakes(self) -> Self:
        """Beside each person `has_namesake`: whether somebody else has the name, regardless of case."""
        others = self.model._default_manager.filter(full_name__iexact=OuterRef("full_name"))
        return self.annotate(has_namesake=Exists(others.exclude(pk=OuterRef("pk"))))

    def employed_on(self, day: date) -> Self:
        """Everybody under contract on that day; hire and end date are days of the contract."""
        return self.filter(employment__contains=day)
