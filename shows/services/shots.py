from typing import Any

from django.db.models import Max, Q
from django.utils import timezone

from crew.models import CrewMember
from pipeline.errors import NotAllowed, StillHolds
from pipeline.services import Actor, attributed
from shows.errors import BulkRefused, ShotSettled, StatusNotAllowed
from shows.models import Sequence, Shot, ShotStatus, Version
from shows.services.media.storing import Media
from shows.services.writing import changed, demand, saved, tell_pages

# What an artist moves own shots among, and what an artist does not take a shot away from.
WORKING = frozenset({ShotStatus.PENDING, ShotStatus.IN_PROGRESS, ShotStatus.REVIEW})
SETTLED = frozenset({ShotStatus.APPROVED, ShotStatus.FINAL, ShotStatus.OMITTED})


def create_shot(sequence: Sequence, *, by: Actor, **fields: Any) -> Shot:
    """A new shot. Raises CodeTaken when the sequence has the code already, regardless of case."""
    demand(by, "shows.add_shot")
    return saved(Shot(sequence=sequence, show_id=sequence.show_id, **fields))


def change_shot(
    shot_id: int, *, by: Actor, reason: str = "", expected_version: int | None = None, **changes: Any
) -> Shot:
    """Changes columns of a shot, whose row is locked; the history keeps each with the reason.

    Who may only set statuses changes nothing else; an artist only own shots, among the working statuses, and none
    that is settled. Raises NotAllowed, StatusNotAllowed, ShotSettled, CodeTaken, StaleVersion, Shot.DoesNotExist.
    """
    with attributed(by, reason):
        shot = Shot.objects.lock_one(shot_id, expected_version=expected_version)
        demand_change(shot, changes, by)
        return changed(shot, changes)


def demand_change(shot: Shot, changes: dict[str, Any], by: Actor) -> None:
    """Raises what `change_shot` raises when the actor may not make these changes to the shot."""
    if by.has_perm("shows.change_shot"):
        return
    demand(by, "shows.set_shot_status", "shows.set_own_shot_status")
    if changes.keys() - {"status"}:
        raise NotAllowed("Your role changes the status of a shot only. Ask a coordinator for the rest.")
    if not by.has_perm("shows.set_shot_status"):
        demand_own_working_status(shot, changes.get("status", shot.status), by)


def demand_own_working_status(shot: Shot, status: str, by: Actor) -> None:
    if not is_own(shot, by):
        raise NotAllowed("This shot is not assigned to you.")
    if status not in WORKING:
        raise StatusNotAllowed(status)
    if shot.status in SETTLED:
        raise ShotSettled(shot.status)


def is_own(shot: Shot, by: Actor) -> bool:
    return shot.assigned_to_id is not None and CrewMember.objects.filter(pk=shot.assigned_to_id, user=by.pk).exists()


def delete_shot(shot_id: int, *, by: Actor) -> None:
    """Deletes a shot without versions and reviews; locks it. Raises StillHolds."""
    demand(by, "shows.delete_shot")
    with attributed(by):
        shot = Shot.objects.select_for_update().get(pk=shot_id)
        versions, reviews = shot.versions.count(), shot.reviews.count()
        if versions or reviews:
            raise StillHolds("shot", "Set its status to omitted instead.", versions=versions, reviews=reviews)
        shot.delete()


def add_version(
    shot_id: int, *, by: Actor, department: str | None = None, comment: str = "", media: Media | None = None
) -> Version:
    """Hands in the next version: v001, v002, … without a gap, because the shot's row is locked meanwhile.

    Raises NotAllowed when the shot is not the artist's own, Shot.DoesNotExist. What becomes of the files of `media`
    when it fails is the caller's matter: see `media.handing_in`.
    """
    with attributed(by):
        shot = Shot.objects.lock_one(shot_id)
        demand_hand_in(shot, by)
        last = shot.versions.aggregate(last=Max("number"))["last"] or 0
        columns = media.columns() if media else {}
        version = Version(
            shot=shot, number=last + 1, department=department, comment=comment, created_by_id=by.pk, **columns
        )
        return saved(version)


def demand_hand_in(shot: Shot, by: Actor) -> None:
    """Raises NotAllowed unless the actor may hand in versions of the shot."""
    demand(by, "shows.add_version")
    if not by.has_perm("shows.set_shot_status") and not is_own(shot, by):
        raise NotAllowed("You hand in versions of shots that are assigned to you.")


def bulk_change_shots(
    ids: list[int], *, by: Actor, atomic: bool = True, reason: str = "", **changes: Any
) -> list[dict[str, Any]]:
    """Sets the same status or person on many shots, in one statement; their rows are locked in the order of ids.

    Answers `{id, ok, errors}` for each. What is unknown is refused alone, or with `atomic` all of it: BulkRefused.
    Raises NotAllowed for what the actor may not set on any shot.
    """
    demand(by, "shows.change_shot", *(["shows.set_shot_status"] if changes.keys() <= {"status"} else []))
    with attributed(by, reason):
        shots = Shot.objects.visible_to(by).filter(pk__in=ids)
        known = set(shots.order_by("pk").locked().values_list("pk", flat=True))
        results = [result(shot_id, known) for shot_id in ids]
        if atomic and len(known) < len(set(ids)):
            raise BulkRefused(results)
        differing = Q(*[~Q(**{name: value}) for name, value in changes.items()], _connector=Q.OR)
        shots.filter(differing, pk__in=known).update(**changes, updated_at=timezone.now())
        tell_pages(known)
    return results


def result(shot_id: int, known: set[int]) -> dict[str, Any]:
    missing = {"field": "ids", "code": "not_found", "message": f"There is no shot {shot_id}."}
    return {"id": shot_id, "ok": shot_id in known, "errors": [] if shot_id in known else [missing]}
