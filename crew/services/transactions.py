"""How a write of this app begins and ends: attributed, whole or not at all, or only rehearsed."""

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db import DatabaseError, IntegrityError, OperationalError, connection, transaction

from crew.errors import BookingsCollided
from crew.models import CrewMember
from pipeline.services import Actor, attributed

Result = TypeVar("Result")

# What others do at the same moment shows as one of these: overlap, reference, uniqueness, check, deadlock,
# serialization.
COLLISIONS = frozenset({"23P01", "23503", "23505", "23514", "40P01", "40001"})
# Each costs a change by somebody else within a few milliseconds, so that the last one is not reached.
ATTEMPTS = 20


@dataclass(frozen=True)
class Written:
    """What a write, or its rehearsal, made of a row: as the model's `as_rows()` shows it, read in that transaction.

    What was deleted is shown as it was. `booked` and `released` are bookings as the production's row shows them.
    """

    row: dict[str, Any]
    dry_run: bool
    booked: Sequence[dict[str, Any]] = ()
    released: Sequence[dict[str, Any]] = ()

    @property
    def pk(self) -> int:
        pk: int = self.row["id"]
        return pk


class Moved(Exception):
    """Rows changed between a look and its locks; `people` are to be locked before the next look."""

    def __init__(self, people: Collection[int] = ()) -> None:
        super().__init__()
        self.people = frozenset(people)


def check_references() -> None:
    """Checks now what is otherwise checked at commit: a dry run has none, and a caller's may come much later."""
    connection.check_constraints()


@contextmanager
def writing(by: Actor, *, dry_run: bool = False) -> Iterator[None]:
    """A transaction whose changes are written down to `by`; a dry run is undone at its end, when all was checked.

    Raises BookingsCollided for what the database refuses because of others.
    """
    try:
        with attributed(by):
            yield
            if dry_run:
                transaction.set_rollback(True)
    except (IntegrityError, OperationalError) as error:
        if not collided(error):
            raise
        raise BookingsCollided from error


def settled(attempt: Callable[[frozenset[int]], Result], people: Collection[int] = ()) -> Result:
    """The result of the first attempt under which nothing moves; each runs in a savepoint, with `people` locked.

    The attempt gets the ids that are locked, may lock more when there are none yet, and otherwise raises Moved with
    all that it needs: everybody locks people in the order of ids, so that nobody waits for each other.
    """
    locked = frozenset(people)
    for _ in range(ATTEMPTS):
        try:
            with transaction.atomic():
                lock_people(locked)
                return attempt(locked)
        except Moved as moved:
            locked = moved.people
        except (IntegrityError, OperationalError) as error:
            if not collided(error):
                raise
    raise BookingsCollided


def lock_people(people: Collection[int]) -> None:
    """Locks people in the order of ids, until the transaction ends: no booking of them can come meanwhile."""
    if people:
        list(CrewMember.objects.filter(pk__in=people).order_by("pk").locked().values_list("pk", flat=True))


def collided(error: DatabaseError) -> bool:
    return getattr(error.__cause__, "sqlstate", None) in COLLISIONS
