"""The demo's four shows, as small as a studio's week."""

from collections.abc import Collection, Iterator, Sized
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain

from django.utils import timezone

from shows.models import Review, Sequence, Shot, Version
from shows.services.demo.cast import Cast
from shows.services.demo.copper_meridian import COPPER_MERIDIAN
from shows.services.demo.loading import copy_models, insert_show, reserve_ids
from shows.services.demo.marrow_and_moss import MARROW_AND_MOSS
from shows.services.demo.nine_quiet_floors import NINE_QUIET_FLOORS
from shows.services.demo.plan import SequencePlan, ShotPlan, ShowPlan
from shows.services.demo.tallow_coast import TALLOW_COAST
from shows.services.demo.telling import Tale, Told, keep_history, tell
from shows.services.media.storing import Media

SHOWS = (TALLOW_COAST, COPPER_MERIDIAN, MARROW_AND_MOSS, NINE_QUIET_FLOORS)
SHOTS = [shot for show in SHOWS for shot in show.shots]
HANDLE = 8


@dataclass(frozen=True)
class DemoShows:
    """What was made: the shows' ids, and how many rows of each kind."""

    shows: list[int]
    counts: dict[str, int]


def seed_shows(cast: Cast, takes: Collection[Collection[Media]] = ()) -> DemoShows:
    """Makes the demo's shows with sequences, shots, versions, reviews and the history of all of it.

    `takes` are stored media, for each shot those of its versions. Runs in the caller's transaction.
    """
    today = timezone.localdate()
    shows = [make_show(plan, cast, today) for plan in SHOWS]
    sequences = make_sequences(shows, today)
    shots = make_shots(sequences, today)
    told = Told(cast, *reserve_story_ids())
    filmed = zip(SHOTS, shots, takes or [()] * len(SHOTS), strict=True)
    tell([Tale(plan, shot, told, media) for plan, shot, media in filmed], today)
    copy_models(Version, told.versions)
    copy_models(Review, told.reviews)
    changes = keep_history(told.updates)
    rows: dict[str, Sized] = {
        "shows": shows, "sequences": sequences, "shots": shots, "versions": told.versions, "reviews": told.reviews,
    }  # fmt: skip
    return DemoShows(shows, {kind: len(made) for kind, made in rows.items()} | {"changes": changes})


def reserve_story_ids() -> tuple[Iterator[int], Iterator[int]]:
    takes = [take for shot in SHOTS for take in shot.takes]
    said = sum(len(take.said) for take in takes)
    return iter(reserve_ids(Version, len(takes))), iter(reserve_ids(Review, said))


def make_show(plan: ShowPlan, cast: Cast, today: date) -> int:
    return insert_show(
        code=plan.code,
        title=plan.title,
        status=plan.status,
        production=cast.productions[plan.production].pk if plan.production else None,
        created_at=min(next(shot.times(today)) for shot in plan.shots) - timedelta(days=14),
    )


def make_sequences(shows: list[int], today: date) -> list[Sequence]:
    plans = [(show, plan) for show, of_show in zip(shows, SHOWS, strict=True) for plan in of_show.sequences]
    ids = reserve_ids(Sequence, len(plans))
    made = [sequence_row(pk, show, plan, today) for pk, (show, plan) in zip(ids, plans, strict=True)]
    copy_models(Sequence, made)
    return made


def sequence_row(pk: int, show: int, plan: SequencePlan, today: date) -> Sequence:
    began = min(next(shot.times(today)) for shot in plan.shots)
    return Sequence(
        pk=pk, show_id=show, code=plan.code, description=plan.description, created_at=began - timedelta(days=1)
    )


def make_shots(sequences: list[Sequence], today: date) -> list[Shot]:
    plans = chain.from_iterable(show.sequences for show in SHOWS)
    pairs = [(row, shot) for row, plan in zip(sequences, plans, strict=True) for shot in plan.shots]
    ids = reserve_ids(Shot, len(pairs))
    made = [shot_row(pk, sequence, plan, today) for pk, (sequence, plan) in zip(ids, pairs, strict=True)]
    copy_models(Shot, made)
    return made


def shot_row(pk: int, sequence: Sequence, plan: ShotPlan, today: date) -> Shot:
    created_at = next(plan.times(today))
    first, last = plan.frames
    return Shot(
        pk=pk,
        sequence=sequence,
        show_id=sequence.show_id,
        code=plan.code,
        description=plan.description,
        frame_start=first,
        frame_end=last,
        head_handle=HANDLE,
        tail_handle=HANDLE,
        created_at=created_at,
        updated_at=created_at,
    )
