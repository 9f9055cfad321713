from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from config.accounts.models import User
from config.accounts.tests.factories import UserFactory
from crew.tests.factories import CrewMemberFactory
from pipeline.errors import NotAllowed, StaleVersion
from shows.errors import StatusNotAllowed
from shows.models import Change, Review, Shot
from shows.services import reviews
from shows.tests.factories import ReviewFactory, ShotFactory, VersionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def supervisor() -> User:
    return UserFactory.create(roles=["supervisor"])


@pytest.fixture
def artist() -> User:
    return UserFactory.create(roles=["artist"])


@pytest.mark.parametrize(("status", "is_open"), [("approved", False), ("needs_revision", True), ("note", True)])
def test_only_an_approval_leaves_nothing_open(status: str, is_open: bool, supervisor: User) -> None:
    review = reviews.add_review(ShotFactory().pk, status=status, body="Edge flickers.", by=supervisor)
    assert review.is_open is is_open


def test_the_author_is_who_was_speaking_and_else_the_caller(supervisor: User) -> None:
    shot = ShotFactory()
    mine = reviews.add_review(shot.pk, status="note", body="a", by=supervisor)
    typed = reviews.add_review(shot.pk, status="note", body="b", author="The director", by=supervisor)
    assert (mine.author, typed.author) == (supervisor.display_name, "The director")
    assert typed.created_by == supervisor


def test_a_review_moves_the_shot_in_the_same_transaction(supervisor: User) -> None:
    shot = ShotFactory()
    reviews.add_review(shot.pk, status="approved", set_shot_status="approved", by=supervisor)
    assert Shot.objects.get().status == "approved"
    assert Change.objects.get().reason == "Review: approved"


def test_a_review_that_is_refused_moves_no_shot(supervisor: User) -> None:
    shot = ShotFactory()
    with pytest.raises(ValidationError):
        reviews.add_review(shot.pk, status="note", body="", set_shot_status="final", by=supervisor)
    assert Shot.objects.get().status == "pending"


def test_an_artist_writes_notes_only(artist: User) -> None:
    shot = ShotFactory()
    assert reviews.add_review(shot.pk, status="note", body="Question.", by=artist).pk
    with pytest.raises(NotAllowed):
        reviews.add_review(shot.pk, status="approved", by=artist)


def test_an_artist_moves_an_own_shot_by_a_note_as_by_a_change(artist: User) -> None:
    shot = ShotFactory(assigned_to=CrewMemberFactory(user=artist))
    reviews.add_review(shot.pk, status="note", body="Ready.", set_shot_status="review", by=artist)
    with pytest.raises(StatusNotAllowed):
        reviews.add_review(shot.pk, status="note", body="Done.", set_shot_status="final", by=artist)
    assert Shot.objects.get().status == "review"


def test_an_unknown_shot_cannot_be_reviewed(supervisor: User) -> None:
    with pytest.raises(Shot.DoesNotExist):
        reviews.add_review(987654321, status="approved", by=supervisor)


def test_the_version_of_a_review_is_one_of_its_shot(supervisor: User) -> None:
    shot, other = ShotFactory(), VersionFactory()
    with pytest.raises(ValidationError, match="no version of the shot"):
        reviews.add_review(shot.pk, status="approved", version=other, by=supervisor)
    with pytest.raises(IntegrityError), transaction.atomic():
        ReviewFactory(shot=shot, version=other)


@pytest.mark.parametrize("frames", [{"frame_end": 5}, {"frame_start": 6, "frame_end": 5}])
def test_frames_out_of_order_are_refused(frames: dict[str, Any], supervisor: User) -> None:
    with pytest.raises(ValidationError, match="frame_end"):
        reviews.add_review(ShotFactory().pk, status="approved", by=supervisor, **frames)
    with pytest.raises(IntegrityError), transaction.atomic():
        ReviewFactory(**frames)


def test_only_the_writer_changes_a_review_and_the_history_keeps_it(artist: User, supervisor: User) -> None:
    review = reviews.add_review(ShotFactory().pk, status="note", body="Before.", by=artist)
    with pytest.raises(NotAllowed):
        reviews.edit_review(review.pk, body="Hijacked.", by=supervisor)
    reviews.edit_review(review.pk, body="After.", by=artist)
    kept = Change.objects.of_shot(review.shot_id).get()
    assert (kept.subject, kept.field, kept.from_value, kept.to_value) == ("review", "body", "Before.", "After.")


def test_a_stale_edit_is_refused(artist: User) -> None:
    review = ReviewFactory(created_by=artist)
    with pytest.raises(StaleVersion):
        reviews.edit_review(review.pk, body="After.", by=artist, expected_version=9)


def test_only_the_writer_takes_a_review_back_and_the_history_keeps_it(artist: User, supervisor: User) -> None:
    review = ReviewFactory(created_by=artist, body="Words.")
    with pytest.raises(NotAllowed):
        reviews.delete_review(review.pk, by=supervisor)
    reviews.delete_review(review.pk, by=artist)
    kept = Change.objects.of_shot(review.shot_id).get()
    assert (Review.objects.count(), kept.field, kept.from_value, kept.to_value) == (0, "review", "Words.", None)


def test_a_review_is_resolved_and_opened_again_by_its_writer_or_who_judges(artist: User, supervisor: User) -> None:
    review = ReviewFactory(created_by=artist)
    assert reviews.resolve_review(review.pk, by=artist).is_open is False
    assert reviews.resolve_review(review.pk, by=supervisor).is_open is False
    assert reviews.reopen_review(review.pk, by=supervisor).is_open is True
    assert Change.objects.filter(field="is_open").count() == 2


def test_an_artist_resolves_no_review_of_somebody_else(artist: User, supervisor: User) -> None:
    with pytest.raises(NotAllowed):
        reviews.resolve_review(ReviewFactory(created_by=supervisor).pk, by=artist)


def test_who_may_edit_what_others_wrote_does(artist: User) -> None:
    review = ReviewFactory(created_by=artist)
    admin = UserFactory.create(is_superuser=True)
    assert reviews.edit_review(review.pk, body="Redacted.", by=admin).body == "Redacted."
