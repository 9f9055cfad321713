"""Turns a plan into rows, and into the updates that the history keeps."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from operator import itemgetter
from typing import Any

from django.db import models

from pipeline.services import Actor, attributed
from shows.models import Change, Review, ReviewStatus, Shot, ShotStatus, Version
from shows.services.demo.cast import Cast
from shows.services.demo.plan import Said, ShotPlan, Take
from shows.services.media.storing import Media

# Where a verdict sends the shot.
SENT_TO = {ReviewStatus.NEEDS_REVISION: ShotStatus.IN_PROGRESS, ReviewStatus.APPROVED: ShotStatus.APPROVED}

Beat = tuple[datetime, Callable[[datetime], None]]


@dataclass(frozen=True)
class Update:
    """A change that somebody made to a row at some time."""

    row: models.Model
    shot: int
    by: Actor
    reason: str
    at: datetime
    changes: dict[str, Any]


@dataclass
class Told:
    """What has been told so far; ids come in the order of time."""

    cast: Cast
    version_ids: Iterator[int]
    review_ids: Iterator[int]
    versions: list[Version] = field(default_factory=list)
    reviews: list[Review] = field(default_factory=list)
    updates: list[Update] = field(default_factory=list)


class Tale:
    """What happens to one shot."""

    def __init__(self, plan: ShotPlan, shot: Shot, told: Told, media: Iterable[Media] = ()) -> None:
        self.plan = plan
        self.shot = shot
        self.told = told
        self.media = iter(media)
        self.status = ShotStatus.PENDING
        self.version: Version | None = None
        self.open: list[Review] = []

    def beats(self, today: date) -> Iterator[Beat]:
        """Each thing that happens, with its time."""
        times = self.plan.times(today)
        next(times)
        return zip(times, self.acts(), strict=True)

    def acts(self) -> Iterator[Callable[[datetime], None]]:
        if self.plan.artist:
            yield self.begin
        for take in self.plan.takes:
            yield partial(self.hand_in, take)
            for said in take.said:
                yield partial(self.hear, said, take)
        if self.plan.ends:
            yield self.end

    def begin(self, at: datetime) -> None:
        artist = self.told.cast.people[self.plan.artist or ""]
        changes: dict[str, Any] = {"assigned_to_id": artist.pk}
        if self.plan.takes or self.plan.ends:
            changes["status"] = self.status = ShotStatus.IN_PROGRESS
        self.update(self.shot, self.told.cast.typist(None), f"Casting: {artist.full_name}", at, changes)

    def hand_in(self, take: Take, at: datetime) -> None:
        by = self.told.cast.typist(self.plan.artist)
        number = self.version.number + 1 if self.version else 1
        media = next(self.media, None)
        self.version = Version(
            pk=next(self.told.version_ids),
            shot=self.shot,
            number=number,
            department=take.department,
            comment=take.comment,
            created_by_id=by.pk,
            created_at=at,
            **(media.columns() if media else {}),
        )
        self.told.versions.append(self.version)
        self.settle(at)
        self.move(ShotStatus.REVIEW, by, f"{self.version.name} handed in", at)

    def settle(self, at: datetime) -> None:
        """What was asked of the last version is answered by the next."""
        for review in self.open:
            self.update(review, self.told.cast.typist("supervisor"), "", at, {"is_open": False})
        self.open = []

    def hear(self, said: Said, take: Take, at: datetime) -> None:
        by = self.told.cast.typist(said.speaker)
        sent_to = SENT_TO.get(said.status)
        review = Review(
            pk=next(self.told.review_ids),
            shot=self.shot,
            author=self.told.cast.people[said.speaker].full_name,
            created_by_id=by.pk,
            status=said.status,
            body=said.body,
            department=take.department,
            version=self.version,
            **frames_of(said),
            is_open=said.status != ReviewStatus.APPROVED,
            set_shot_status=sent_to if sent_to != self.status else None,
            created_at=at,
        )
        self.told.reviews.append(review)
        if review.is_open:
            self.open.append(review)
        if sent_to:
            self.move(sent_to, by, f"Review: {said.status}", at)

    def end(self, at: datetime) -> None:
        if self.plan.ends:
            status, reason = self.plan.ends
            self.move(status, self.told.cast.typist("producer"), reason, at)

    def move(self, status: ShotStatus, by: Actor, reason: str, at: datetime) -> None:
        if status != self.status:
            self.status = status
            self.update(self.shot, by, reason, at, {"status": status})

    def update(self, row: models.Model, by: Actor, reason: str, at: datetime, changes: dict[str, Any]) -> None:
        self.told.updates.append(Update(row, self.shot.pk, by, reason, at, changes))


def frames_of(said: Said) -> dict[str, int]:
    return dict(zip(("frame_start", "frame_end"), said.frames, strict=False))


def tell(tales: list[Tale], today: date) -> None:
    """Lets everything happen in the order of time."""
    beats = [beat for tale in tales for beat in tale.beats(today)]
    for at, act in sorted(beats, key=itemgetter(0)):
        act(at)


def keep_history(updates: list[Update]) -> int:
    """Makes the updates, so that the triggers write the history, and gives each its own time; answers how many rows.

    The triggers know the present only. Nobody else can write history of these rows, which are not committed yet.
    """
    times = [update.at for update in updates for _ in update.changes]
    for update in updates:
        # The shot was touched then; a review does not say when it was.
        dated = {"updated_at": update.at} if isinstance(update.row, Shot) else {}
        with attributed(update.by, update.reason):
            type(update.row)._default_manager.filter(pk=update.row.pk).update(**update.changes, **dated)
    written = list(Change.objects.filter(shot_id__in={update.shot for update in updates}).order_by("pk"))
    for change, at in zip(written, times, strict=True):
        change.at = at
    Change.objects.bulk_update(written, ["at"])
    return len(written)
