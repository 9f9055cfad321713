"""A studio small enough to look at, with something of each kind on every page."""

from config.accounts.models import User
from config.accounts.tests.factories import UserFactory
from crew.tests.factories import CrewMemberFactory
from shows.models import Shot, ShotStatus
from shows.services.shots import change_shot
from shows.tests.factories import ReviewFactory, SequenceFactory, ShotFactory, ShowFactory, VersionFactory


def studio() -> Shot:
    """A show NT with a shot of every status, versions, notes and a change; answers the first of its shots."""
    show = ShowFactory(code="NT", title="Night Train")
    person = CrewMemberFactory(full_name="Ada Crew")
    sequence = SequenceFactory(show=show, code="SQ1", description="The harbour at dawn, seen from the lighthouse.")
    shots = [ShotFactory(sequence=sequence, status=status, assigned_to=person) for status in ShotStatus]
    for shot in shots[:3]:
        ReviewFactory(shot=shot, version=VersionFactory(shot=shot), frame_start=1010)
    change_shot(shots[0].pk, by=coordinator(), status="in_progress", reason="Plates arrived.")
    SequenceFactory(show=show, code="EMPTY")
    ShowFactory(code="NEW", title="A show without shots")
    return shots[0]


def coordinator() -> User:
    made: User = UserFactory.create(roles=["coordinator"], display_name="Cleo Hart")
    return made
