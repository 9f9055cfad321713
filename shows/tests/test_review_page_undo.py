"""Undo: a real change back, kept in the history."""

from typing import Any

import pytest
from django.test import Client

from config.accounts.models import User
from config.accounts.tests.factories import UserFactory
from config.tests.admin_pages import signed_in
from crew.tests.factories import CrewMemberFactory
from pipeline.errors import NotAllowed
from shows.errors import MovedOn
from shows.models import Change, Review, Shot
from shows.services import reviews, shots
from shows.services.undo import undo_review, undo_status
from shows.tests.factories import ReviewFactory, ShotFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def supervisor() -> User:
    return UserFactory.create(roles=["supervisor"])


@pytest.fixture
def shot() -> Shot:
    made: Shot = ShotFactory(status="review")
    return made


def approved(shot: Shot, by: User) -> Review:
    return reviews.add_review(shot.pk, by=by, status="approved", set_shot_status="approved")


def status_of(shot: Shot) -> str:
    return Shot.objects.get(pk=shot.pk).status


def test_an_approval_goes_and_the_status_comes_back(shot: Shot, supervisor: User) -> None:
    review = approved(shot, supervisor)
    undo_review(shot.pk, by=supervisor, review_id=review.pk, moved=True)
    assert (status_of(shot), Review.objects.count()) == ("review", 0)
    assert Change.objects.of_shot(shot.pk).filter(reason="Undone").count() == 2


def test_an_approval_that_moved_nothing_leaves_the_status(shot: Shot, supervisor: User) -> None:
    approved(shot, supervisor)
    second = approved(shot, supervisor)
    undo_review(shot.pk, by=supervisor, review_id=second.pk, moved=False)
    assert (status_of(shot), Review.objects.count()) == ("approved", 1)


def test_a_status_comes_back(shot: Shot, supervisor: User) -> None:
    shots.change_shot(shot.pk, by=supervisor, status="final")
    assert undo_status(shot.pk, by=supervisor, status="final").status == "review"


def test_several_acts_are_undone_one_by_one(shot: Shot, supervisor: User) -> None:
    review = approved(shot, supervisor)
    shots.change_shot(shot.pk, by=supervisor, status="final")
    undo_status(shot.pk, by=supervisor, status="final")
    undo_review(shot.pk, by=supervisor, review_id=review.pk, moved=True)
    assert status_of(shot) == "review"


def test_what_somebody_else_moved_on_is_left_to_them(shot: Shot, supervisor: User) -> None:
    review = approved(shot, supervisor)
    shots.change_shot(shot.pk, by=UserFactory.create(roles=["producer"]), status="final")
    with pytest.raises(MovedOn):
        undo_review(shot.pk, by=supervisor, review_id=review.pk, moved=True)
    assert (status_of(shot), Review.objects.count()) == ("final", 1)


def test_what_somebody_else_moved_there_and_back_is_left_too(shot: Shot, supervisor: User) -> None:
    review = approved(shot, supervisor)
    for status in ("final", "approved"):
        shots.change_shot(shot.pk, by=UserFactory.create(roles=["producer"]), status=status)
    with pytest.raises(MovedOn):
        undo_review(shot.pk, by=supervisor, review_id=review.pk, moved=True)


@pytest.mark.security
def test_nobody_undoes_what_others_did(shot: Shot, supervisor: User) -> None:
    review = approved(shot, supervisor)
    other = UserFactory.create(roles=["supervisor"])
    with pytest.raises(NotAllowed):
        undo_review(shot.pk, by=other, review_id=review.pk, moved=False)
    with pytest.raises(MovedOn):
        undo_status(shot.pk, by=other, status="approved")


def test_an_artist_undoes_a_move_of_an_own_shot() -> None:
    artist = UserFactory.create(roles=["artist"])
    shot = ShotFactory(assigned_to=CrewMemberFactory(user=artist))
    shots.change_shot(shot.pk, by=artist, status="review")
    assert undo_status(shot.pk, by=artist, status="review").status == "pending"


def test_a_review_of_another_shot_is_not_there(supervisor: User, shot: Shot) -> None:
    review = ReviewFactory(created_by=supervisor)
    with pytest.raises(Review.DoesNotExist):
        undo_review(shot.pk, by=supervisor, review_id=review.pk, moved=False)


def post(client: Client, shot: Shot, **said: Any) -> Any:
    return client.post(f"/shots/{shot.pk}/undo/", said, headers={"X-Requested-With": "backlot"})


def test_the_page_undoes_and_says_what_refused_it(shot: Shot, supervisor: User) -> None:
    client = signed_in(user=supervisor)
    review = approved(shot, supervisor)
    assert post(client, shot, review=review.pk, moved="on").status_code == 204
    refused = post(client, shot, status="approved")
    assert (refused.status_code, refused.json()["code"]) == (409, "moved_on")


@pytest.mark.parametrize("said", [{}, {"review": "x"}, {"status": "nonsense"}, {"review": 1, "status": "final"}])
def test_nothing_to_undo_is_a_mistake(said: dict[str, Any], shot: Shot, supervisor: User) -> None:
    assert post(signed_in(user=supervisor), shot, **said).status_code == 400


@pytest.mark.security
def test_undo_needs_a_session_and_its_token(shot: Shot, supervisor: User) -> None:
    assert post(Client(), shot, status="final").status_code == 401
    client = Client(enforce_csrf_checks=True)
    client.force_login(supervisor, "config.accounts.backends.AccountBackend")
    assert post(client, shot, status="final").status_code == 403
