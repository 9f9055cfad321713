"""A refusal's facts as sentences: who, booked for what, until when, and what would be free."""

from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError

from crew.services.discretion import hidden
from pipeline.errors import Refusal
from pipeline.services import Actor

# Of each kind of fact so many are told.
MOST_TOLD = 10


def in_words(service: Callable[..., Any]) -> Callable[..., Any]:
    """The service, whose refusals tell their facts beside the field that they are about."""

    @wraps(service)
    def call(*args: Any, by: Actor, **how: Any) -> Any:
        try:
            return service(*args, by=by, **how)
        except Refusal as error:
            refusal = hidden(error, by)
            if not (facts := list(told(refusal.facts))):
                raise refusal from error
            raise ValidationError({refusal.field or NON_FIELD_ERRORS: [refusal.detail, *facts]}) from error

    return call


def told(facts: dict[str, Any]) -> Iterator[str]:
    for short in facts.get("shortages", ()):
        yield from told_of_shortage(short)
    if windows := facts.get("windows"):
        yield f"There would be enough people from {', from '.join(span(window) for window in windows)}."
    for clash in facts.get("clashes", ())[:MOST_TOLD]:
        yield told_of_clash(clash)
    for booking in facts.get("bookings", ())[:MOST_TOLD]:
        yield f"{job(booking)}: {span(booking)}."


def told_of_shortage(short: dict[str, Any]) -> Iterator[str]:
    yield (
        f"{short['role']}: {short['available']} of {short['required']} free, {short['busy_count']} busy, "
        f"{short['outside_contract']} not under contract on all of the days."
    )
    for busy in short["busy"][:MOST_TOLD]:
        yield f"{busy['crew_member']['full_name']} is bound until {busy['end']}: {job(busy)}."


def told_of_clash(clash: dict[str, Any]) -> str:
    name = clash["crew_member"]["full_name"]
    if clash["reason"] == "contract":
        why = f"is under contract from {clash['start']} to {clash['end'] or 'no end'}"
    else:
        why = f"is bound from {span(clash)}: {job(clash)}"
    instead = ", ".join(person["full_name"] for person in clash["stand_ins"])
    return f"{name} {why}. {f'Free instead: {instead}' if instead else 'Nobody is free instead'}."


def job(fact: dict[str, Any]) -> str:
    return str(fact["production"]["title"]) if fact["production"] else "time off"


def span(fact: dict[str, Any]) -> str:
    return f"{fact['start']} to {fact['end']}"
