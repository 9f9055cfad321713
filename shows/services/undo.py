"""Taking back what somebody has just done to a shot."""

from pipeline.services import Actor, attributed
from shows.errors import MovedOn
from shows.models import Change, Review, Shot
from shows.services.reviews import demand_writer
from shows.services.shots import demand_change
from shows.services.writing import changed

UNDONE = "Undone"


def undo_review(shot_id: int, *, by: Actor, review_id: int, moved: bool) -> Review:
    """Deletes the actor's review and, when it `moved` the shot, puts the status back; the history keeps both.

    Locks the shot and the review. Raises MovedOn when the shot's status was changed since, NotAllowed when the review
    is not the actor's, what `change_shot` raises, Shot.DoesNotExist, Review.DoesNotExist.
    """
    with attributed(by, UNDONE):
        shot = Shot.objects.lock_one(shot_id)
        review = Review.objects.filter(shot=shot).lock_one(review_id)
        demand_writer(review, by, "shows.delete_review")
        if moved and review.set_shot_status:
            put_back(shot, review.set_shot_status, by)
        review.delete()
    review.pk = review_id
    return review


def undo_status(shot_id: int, *, by: Actor, status: str) -> Shot:
    """Puts back the status that the shot had before the actor set `status`. Locks and raises as `undo_review`."""
    with attributed(by, UNDONE):
        shot = Shot.objects.lock_one(shot_id)
        put_back(shot, status, by)
        return shot


def put_back(shot: Shot, status: str, by: Actor) -> None:
    """Reverses the actor's last move to `status`, what the actor undid in between not counting."""
    moves = Change.objects.of_status(shot.pk)
    move = moves.filter(by_id=by.pk, to_value=status).exclude(reason=UNDONE).first()
    if move is None or shot.status != status or moves.filter(pk__gt=move.pk).exclude(by_id=by.pk).exists():
        raise MovedOn(shot.code, shot.get_status_display())
    demand_change(shot, {"status": move.from_value}, by)
    changed(shot, {"status": move.from_value})
