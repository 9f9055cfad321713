from typing import Any

from pipeline.errors import NotAllowed
from pipeline.services import Actor, attributed
from shows.models import Review, ReviewStatus, Shot
from shows.services.shots import demand_change
from shows.services.writing import changed, demand, saved, tell_pages_of


def add_review(
    shot_id: int, *, by: Actor, status: str, author: str = "", set_shot_status: str | None = None, **fields: Any
) -> Review:
    """Writes a review, and in the same transaction moves the shot when `set_shot_status` says so.

    An approval leaves nothing open. The author is who was speaking, unless named the actor. Locks the shot when it
    moves. Raises NotAllowed when the actor may write notes only, what `change_shot` raises, Shot.DoesNotExist.
    """
    demand(by, "shows.add_review")
    if status != ReviewStatus.NOTE:
        demand(by, "shows.judge_review")
    with attributed(by, f"Review: {status}"):
        if set_shot_status:
            move(shot_id, set_shot_status, by)
        else:
            Shot.objects.only("pk").get(pk=shot_id)
        return saved(
            Review(
                shot_id=shot_id,
                author=author or by.display_name,
                created_by_id=by.pk,
                status=status,
                set_shot_status=set_shot_status,
                is_open=status != ReviewStatus.APPROVED,
                **fields,
            )
        )


def move(shot_id: int, status: str, by: Actor) -> None:
    shot = Shot.objects.lock_one(shot_id)
    demand_change(shot, {"status": status}, by)
    changed(shot, {"status": status})


def edit_review(review_id: int, *, by: Actor, expected_version: int | None = None, **changes: Any) -> Review:
    """Changes the words or frames of a review for who wrote it; locks it. The history keeps what it said.

    Raises NotAllowed, StaleVersion, Review.DoesNotExist.
    """
    with attributed(by):
        review = Review.objects.lock_one(review_id, expected_version=expected_version)
        demand_writer(review, by, "shows.change_review")
        return changed(review, changes)


def delete_review(review_id: int, *, by: Actor) -> None:
    """Takes a review back for who wrote it; the history keeps what it said. Raises NotAllowed."""
    with attributed(by):
        review = Review.objects.lock_one(review_id)
        demand_writer(review, by, "shows.delete_review")
        review.delete()
        tell_pages_of(review)


def resolve_review(review_id: int, *, by: Actor) -> Review:
    """Says that what the review asked for is done. Raises NotAllowed but for its writer and who may judge."""
    return set_open(review_id, is_open=False, by=by)


def reopen_review(review_id: int, *, by: Actor) -> Review:
    """Says that what the review asked for is still to do. Raises NotAllowed as `resolve_review`."""
    return set_open(review_id, is_open=True, by=by)


def set_open(review_id: int, *, is_open: bool, by: Actor) -> Review:
    with attributed(by):
        review = Review.objects.lock_one(review_id)
        if not by.has_perm("shows.judge_review"):
            demand_writer(review, by, "shows.change_review")
        return changed(review, {"is_open": is_open})


def demand_writer(review: Review, by: Actor, permission: str) -> None:
    """Raises NotAllowed unless the actor wrote the review, or may edit everybody's."""
    demand(by, permission)
    if review.created_by_id != by.pk and not by.has_perm("shows.edit_any_review"):
        raise NotAllowed("Only who wrote a review changes it. Write one of your own instead.")
