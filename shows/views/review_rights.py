"""What somebody may do on a shot's page: it shows just that, and the services refuse the rest."""

from dataclasses import dataclass

from pipeline.services import Actor
from shows.models import Shot, ShotStatus
from shows.services.shots import SETTLED, WORKING


@dataclass(frozen=True)
class Rights:
    note: bool
    # Approve, ask for a revision, resolve what others asked for.
    judge: bool
    upload: bool
    # Assign people, and write down what somebody else says.
    run: bool
    # The statuses among which the person moves the shot.
    statuses: tuple[ShotStatus, ...]

    @property
    def approve(self) -> bool:
        return self.judge and ShotStatus.APPROVED in self.statuses


def rights_on(shot: Shot, by: Actor) -> Rights:
    """Asks nothing of the database when the shot came with the person that it is assigned to."""
    decides = by.has_perm("shows.set_shot_status")
    is_own = shot.assigned_to is not None and shot.assigned_to.user_id == by.pk
    return Rights(
        note=by.has_perm("shows.add_review"),
        judge=by.has_perm("shows.judge_review"),
        upload=by.has_perm("shows.add_version") and (decides or is_own),
        run=by.has_perm("shows.change_shot"),
        statuses=tuple(settable(shot, by, is_own=is_own)),
    )


def settable(shot: Shot, by: Actor, *, is_own: bool) -> list[ShotStatus]:
    if by.has_perm("shows.change_shot") or by.has_perm("shows.set_shot_status"):
        return list(ShotStatus)
    if not (is_own and by.has_perm("shows.set_own_shot_status")) or shot.status in SETTLED:
        return []
    return [status for status in ShotStatus if status in WORKING]
