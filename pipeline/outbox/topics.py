"""What kinds of events there are, and who handles each."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, NamedTuple

from django.core.exceptions import ImproperlyConfigured


class Event(NamedTuple):
    """A row of the outbox, as handlers see it."""

    id: int
    topic: str
    key: str
    payload: Any
    attempts: int = 0
    failures: int = 0


Handler = Callable[[Sequence[Event]], None]


@dataclass(frozen=True)
class Topic:
    name: str
    handler: Handler
    at_once: bool


TOPICS: dict[str, Topic] = {}


def handles(name: str, *, at_once: bool = False) -> Callable[[Handler], Handler]:
    """Registers the handler of a topic; with `at_once` it must be quick, for who commits waits for it."""

    def register(handler: Handler) -> Handler:
        if TOPICS.setdefault(name, Topic(name, handler, at_once)).handler is not handler:
            raise ImproperlyConfigured(f"There are two handlers of {name}.")
        return handler

    return register


def by_topic(events: Iterable[Event]) -> list[tuple[Topic, list[Event]]]:
    """The events by topic, in the order in which they were written; an unknown topic waits for a newer release."""
    ordered = sorted((event for event in events if event.topic in TOPICS), key=lambda event: (event.topic, event.id))
    return [(TOPICS[name], list(group)) for name, group in groupby(ordered, key=lambda event: event.topic)]
