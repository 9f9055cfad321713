from typing import Any

from pipeline.errors import StillHolds
from pipeline.services import Actor, attributed
from shows.models import Sequence, Show
from shows.services.writing import changed, demand, saved


def create_show(*, by: Actor, **fields: Any) -> Show:
    """A new show. Raises CodeTaken when another show has the code, regardless of case."""
    demand(by, "shows.add_show")
    return saved(Show(**fields))


def change_show(
    show_id: int, *, by: Actor, reason: str = "", expected_version: int | None = None, **changes: Any
) -> Show:
    """Changes columns of a show, whose row is locked. Raises CodeTaken, StaleVersion, Show.DoesNotExist."""
    demand(by, "shows.change_show")
    with attributed(by, reason):
        return changed(Show.objects.lock_one(show_id, expected_version=expected_version), changes)


def delete_show(show_id: int, *, by: Actor) -> None:
    """Deletes a show without sequences; locks it. Raises StillHolds."""
    demand(by, "shows.delete_show")
    with attributed(by):
        show = Show.objects.select_for_update().get(pk=show_id)
        if count := show.sequences.count():
            raise StillHolds("show", "Set its status to archived instead.", sequences=count)
        show.delete()


def create_sequence(*, by: Actor, **fields: Any) -> Sequence:
    """A new sequence. Raises CodeTaken when the show has the code already, regardless of case."""
    demand(by, "shows.add_sequence")
    return saved(Sequence(**fields))


def change_sequence(
    sequence_id: int, *, by: Actor, reason: str = "", expected_version: int | None = None, **changes: Any
) -> Sequence:
    """Changes columns of a sequence, whose row is locked. Raises CodeTaken, StaleVersion, Sequence.DoesNotExist."""
    demand(by, "shows.change_sequence")
    with attributed(by, reason):
        return changed(Sequence.objects.lock_one(sequence_id, expected_version=expected_version), changes)


def delete_sequence(sequence_id: int, *, by: Actor) -> None:
    """Deletes a sequence without shots; locks it. Raises StillHolds."""
    demand(by, "shows.delete_sequence")
    with attributed(by):
        sequence = Sequence.objects.select_for_update().get(pk=sequence_id)
        if count := sequence.shots.count():
            raise StillHolds("sequence", "Set its shots to omitted instead.", shots=count)
        sequence.delete()
