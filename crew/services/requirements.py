"""How many people of which role a production wants, as somebody writes it down."""

from collections.abc import Collection, Mapping
from typing import LiteralString

from django.core.exceptions import ValidationError

from crew.models import MOST_PLACES, Production, Requirement
from crew.querysets.statements import rows_of

# Roles by name, regardless of case, or by id.
Requirements = Mapping[str, int] | Mapping[int, int]

# The database compares names as its unique index does.
NAMED = """
    SELECT wanted.name, wanted.id, role.id
    FROM crew_role AS role LEFT JOIN unnest(%(names)s::text[], %(ids)s::bigint[]) AS wanted (name, id)
         ON upper(role.name) = upper(wanted.name) OR role.id = wanted.id
    WHERE wanted.name IS NOT NULL OR wanted.id IS NOT NULL OR role.id = ANY(%(also)s::bigint[])
    ORDER BY role.id
"""
LOCKED = f"{NAMED} FOR NO KEY UPDATE OF role"


def read_requirements(requirements: Requirements, *, also: Collection[int] = ()) -> dict[int, int]:
    """The wanted numbers by the roles' ids, in their order.

    Locks these roles, and those whose ids are `also` given, in the order of ids: who looks for people of a role comes
    after those who look already, and finds who is left. Raises ValidationError for an unknown role, one that is named
    twice, and a number that is not 1 to 1,000.
    """
    demand_numbers(requirements)
    return told_apart(requirements, found_roles(LOCKED, requirements, also))


def known_requirements(requirements: Requirements) -> dict[int, int]:
    """The same for a question: nothing is locked."""
    demand_numbers(requirements)
    return told_apart(requirements, found_roles(NAMED, requirements))


def demand_numbers(requirements: Requirements) -> None:
    errors = [f"{role}: a whole number from 1 to {MOST_PLACES}." for role, n in requirements.items() if not fits(n)]
    if errors:
        raise ValidationError({"requirements": errors})


def told_apart(requirements: Requirements, roles: Mapping[str | int, int]) -> dict[int, int]:
    wanted: dict[int, int] = {}
    for key, number in requirements.items():
        role = roles.get(key)
        if role is None:
            raise ValidationError({"requirements": f"There is no role {key!r}."})
        if role in wanted:
            raise ValidationError({"requirements": f"{key}: this role is named twice."})
        wanted[role] = number
    return dict(sorted(wanted.items()))


def fits(number: object) -> bool:
    return isinstance(number, int) and not isinstance(number, bool) and 1 <= number <= MOST_PLACES


def found_roles(
    statement: LiteralString, keys: Collection[str | int], also: Collection[int] = ()
) -> dict[str | int, int]:
    """The ids of the roles, by what each was called."""
    if not keys and not also:
        return {}
    names = [key if isinstance(key, str) else None for key in keys]
    ids = [key if isinstance(key, int) and key < 2**63 else None for key in keys]
    found = rows_of(statement, {"names": names, "ids": ids, "also": list(also)})
    return {name if pk is None else pk: role for name, pk, role in found}


def keep_requirements(production: Production, wanted: Mapping[int, int]) -> None:
    """Writes what is wanted for a production now, new or in place of what was wanted of the same roles."""
    rows = [Requirement(production=production, role_id=role, count=count) for role, count in wanted.items()]
    Requirement.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["production", "role"], update_fields=["count"]
    )
