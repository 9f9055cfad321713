from typing import Any

import pytest
from django.db import models

from crew.models import CrewMember, Production
from pipeline.services import attributed
from shows.models import Change, Review, Sequence, Shot, ShotStatus, Show, Version
from shows.services.demo import Cast, remove_shows, seed_shows
from shows.tests.factories import ReviewFactory, SequenceFactory, ShotFactory, ShowFactory, VersionFactory

pytestmark = pytest.mark.django_db


def seed_and_remove(cast: Cast, **added: Any) -> None:
    shows = seed_shows(cast).shows
    for add in added.values():
        add(Show.objects.get(pk=shows[0]))
    people = [person.pk for person in cast.people.values()]
    productions = [production.pk for production in cast.productions.values()]
    remove_shows(shows=shows, people=people, productions=productions)


@pytest.mark.parametrize("model", [Show, Sequence, Shot, Version, Review, Change])
def test_nothing_is_left(cast: Cast, model: type[models.Model]) -> None:
    seed_and_remove(cast)
    assert not model._default_manager.exists()


def test_people_and_productions_are_left_to_the_crew(cast: Cast) -> None:
    seed_and_remove(cast)
    assert CrewMember.objects.count() == len(cast.people)
    assert Production.objects.count() == len(cast.productions)


def test_what_others_hung_onto_the_demo_goes(cast: Cast) -> None:
    def hang(show: Show) -> None:
        shot = ShotFactory(sequence=SequenceFactory(show=show))
        ReviewFactory(shot=shot, version=VersionFactory(shot=shot))
        Shot.objects.filter(pk=shot.pk).update(status=ShotStatus.FINAL)
        Show.objects.filter(pk=show.pk).update(title="Renamed")
        Sequence.objects.filter(show=show).update(description="Changed")

    seed_and_remove(cast, hang=hang)
    assert not Shot.objects.exists()
    assert not Change.objects.exists()


def test_rows_of_others_stay_with_their_history(cast: Cast) -> None:
    own = ReviewFactory(shot__assigned_to=None)
    Shot.objects.filter(pk=own.shot_id).update(status=ShotStatus.FINAL)
    seed_and_remove(cast)
    assert list(Review.objects.all()) == [own]
    assert list(Change.objects.values_list("shot_id", "field")) == [(own.shot_id, "status")]


def test_a_shot_of_others_loses_its_person_only_and_its_history_says_so(cast: Cast) -> None:
    artist = cast.people["artist"]
    own = ShotFactory(assigned_to=artist, description="Ours")
    with attributed(None, "Seeded again"):
        seed_and_remove(cast)
    kept = Shot.objects.get()
    assert (kept.pk, kept.assigned_to, kept.description) == (own.pk, None, "Ours")
    assert kept.updated_at > own.updated_at
    assert Change.objects.values_list("field", "from_value", "to_value").get() == ("assigned_to", artist.pk, None)


def test_a_show_of_others_loses_its_production_only(cast: Cast) -> None:
    own = ShowFactory(production=cast.productions["tallow"], title="Ours")
    seed_and_remove(cast)
    kept = Show.objects.get()
    assert (kept.pk, kept.production, kept.title) == (own.pk, None, "Ours")
