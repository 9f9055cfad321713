"""Who is there already of those whom an import names."""

from collections import Counter
from dataclasses import dataclass
from typing import Self

from django.db.models import Q
from django.db.models.functions import Upper

from crew.models import CrewMember
from crew.services.imports.rows import Key, Row


@dataclass(frozen=True, slots=True)
class Stored:
    """People by id, and the ids of those who alone have their name and first day."""

    people: dict[int, CrewMember]
    by_key: dict[Key, int]
    namesakes: frozenset[Key]

    @classmethod
    def of(cls, rows: list[Row]) -> Self:
        """Locks the people in the order of ids; as many statements for ten rows as for ten thousand."""
        ids = {row.pk for row in rows if row.pk is not None}
        names = {row.full_name.upper() for row in rows if row.pk is None}
        named = CrewMember.objects.annotate(upper_name=Upper("full_name")).filter(
            Q(pk__in=ids) | Q(upper_name__in=names)
        )
        people = {person.pk: person for person in named.order_by("pk").select_related("role").locked()}
        keys = Counter(key_of(person) for person in people.values())
        return cls(
            people=people,
            by_key={key_of(person): pk for pk, person in people.items() if keys[key_of(person)] == 1},
            namesakes=frozenset(key for key, times in keys.items() if times > 1),
        )

    def found(self, row: Row) -> CrewMember | None:
        """Whom a row means: by its id, else by name and first day. A refused row where several are meant."""
        if row.pk is not None:
            return self.people.get(row.pk)
        if row.key in self.namesakes:
            row.refuse("full_name", "Several people have this name and first day: give the id.", "ambiguous")
        known = self.by_key.get(row.key)
        return None if known is None else self.people[known]


def key_of(person: CrewMember) -> Key:
    return person.full_name.upper(), person.hire_date
