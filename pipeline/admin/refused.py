"""How a service's refusal finds its way back into the form that caused it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, cast

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.http import HttpRequest

from pipeline.errors import Refusal, StaleVersion
from pipeline.services import Actor

STALE = (
    "Somebody changed this since you opened the page, so nothing was saved. "
    "Open the page again, look at what is new, and repeat your change."
)


class Refused(Exception):
    """What a service refused, and the prefix of the form (or, for a deletion, of the formset) that asked for it."""

    def __init__(self, error: Refusal | ValidationError, prefix: str | None) -> None:
        super().__init__(str(error))
        self.prefix = prefix
        self.messages = messages_of(error)


def messages_of(error: Refusal | ValidationError) -> dict[str | None, list[str]]:
    """What to say, by field; None is for what is about no field."""
    if isinstance(error, StaleVersion):
        return {None: [STALE]}
    if isinstance(error, Refusal):
        return {error.field: [error.detail]}
    if not hasattr(error, "error_dict"):
        return {None: error.messages}
    return {None if name == NON_FIELD_ERRORS else name: said for name, said in error.message_dict.items()}


@contextmanager
def refusals_of(prefix: str | None) -> Iterator[None]:
    """Raises Refused for what a service refuses to the form of this prefix."""
    try:
        yield
    except (Refusal, ValidationError) as error:
        raise Refused(error, prefix) from error


def remember(request: HttpRequest, refused: Refused) -> None:
    request.refused = refused  # type: ignore[attr-defined]


def refused_before(request: HttpRequest) -> Refused | None:
    """What a service refused when it was tried to carry out this request."""
    return getattr(request, "refused", None)


def adopt(drawn: models.Model, created: Any) -> None:
    """Lets the object that the admin goes on with be the row that a service created."""
    drawn.pk = created.pk
    drawn.refresh_from_db()


def actor(request: HttpRequest) -> Actor:
    """Who is at the door; the admin lets nobody in without an account."""
    return cast(Actor, request.user)
