"""What a refusal tells of productions that are not for everybody."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from crew.errors import ContractStillNeeded, CrewUnavailable, DatesClash, Facts, PersonBound
from pipeline.errors import Refusal
from pipeline.services import Actor

# Another's production, to who may not see productions.
BUSY = {"id": None, "title": "busy"}

SAID_AGAIN: Mapping[type[Refusal], Callable[[Any, Facts], Refusal]] = {
    CrewUnavailable: lambda error, facts: CrewUnavailable(facts["shortages"], facts["windows"]),
    DatesClash: lambda error, facts: DatesClash(facts["clashes_count"], facts["clashes"]),
    PersonBound: lambda error, facts: PersonBound(facts["crew_member"], facts["bookings_count"], facts["bookings"]),
    ContractStillNeeded: lambda error, facts: ContractStillNeeded(
        error.field, facts["bookings_count"], facts["bookings"]
    ),
}


def sees_productions(by: Actor) -> bool:
    return by.has_perm("crew.view_production")


def hidden(error: Refusal, by: Actor) -> Refusal:
    """The refusal as `by` may read it: who may not see productions learns that people are busy, and not with what."""
    again = SAID_AGAIN.get(type(error))
    if again is None or sees_productions(by):
        return error
    return again(error, without_productions(error.facts))


def without_productions(value: Any) -> Any:
    """The same facts, or rows, with `busy` in the place of each production."""
    if isinstance(value, dict):
        return {
            key: BUSY if key == "production" and inner is not None else without_productions(inner)
            for key, inner in value.items()
        }
    return [without_productions(inner) for inner in value] if isinstance(value, list) else value


def discreetly(service: Callable[..., Any]) -> Callable[..., Any]:
    """The service, whose refusals are told as `hidden` does."""

    @wraps(service)
    def call(*args: Any, by: Actor, **how: Any) -> Any:
        try:
            return service(*args, by=by, **how)
        except Refusal as refusal:
            raise hidden(refusal, by) from refusal

    return call
