"""One row of everything, made by the factories of the apps, so that every route has something to answer about."""

from typing import Any

from config.accounts.models import User
from crew.tests.factories import CrewMemberFactory
from shows.models import Shot
from shows.tests.factories import (
    FilmedVersionFactory,
    ReviewFactory,
    SequenceFactory,
    ShotFactory,
    ShowFactory,
    VersionFactory,
)


def ids_of(user: User | None = None) -> dict[str, Any]:
    """Ids by collection; what can belong to somebody belongs to `user`."""
    person = CrewMemberFactory(user=user)
    shot = ShotFactory()
    # A change from nothing to something stands in the history then.
    shot.assigned_to = person
    shot.save()
    return {
        "shows": shot.show_id,
        "sequences": shot.sequence_id,
        "shots": shot.pk,
        "versions": FilmedVersionFactory(shot=shot).pk,
        "reviews": ReviewFactory(shot=shot, created_by=user).pk,
    }


def many_rows(ids: dict[str, Any], number: int) -> None:
    """`number` more rows in each list, those of a parent below the rows of `ids`."""
    shot = Shot.objects.get(pk=ids["shots"])
    for count in range(number):
        ShowFactory()
        sequence = SequenceFactory(show=shot.show)
        assigned = ShotFactory(sequence=sequence, assigned_to=CrewMemberFactory())
        VersionFactory(shot=shot, number=count + 2)
        ReviewFactory(shot=shot, version=shot.versions.first())
        Shot.objects.filter(pk=shot.pk).update(description=f"Changed to {assigned.code}")
