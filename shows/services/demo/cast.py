from collections.abc import Mapping
from dataclasses import dataclass

from crew.models import CrewMember, Production
from pipeline.services import Actor


@dataclass(frozen=True)
class Cast:
    """Who the demo's stories are about, each by a key; an account and the person it belongs to share theirs."""

    people: Mapping[str, CrewMember]
    productions: Mapping[str, Production]
    accounts: Mapping[str, Actor]

    def typist(self, key: str | None) -> Actor:
        """The person's own account, or the coordinator, who types for all others."""
        return self.accounts.get(key or "", self.accounts["coordinator"])
