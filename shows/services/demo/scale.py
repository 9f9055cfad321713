"""Loads the big studio: a statement a table, whatever its size, and never more than a row at a time in memory."""

from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from random import Random
from typing import Any

from django.utils import timezone

from shows.models import Review, ReviewStatus, Sequence, Shot, ShotStatus, Version
from shows.services.demo import words
from shows.services.demo.big_studio import SHOWS, VERSION_EVERY, VERSIONS, BigStudio, SequencePart
from shows.services.demo.cast import Cast
from shows.services.demo.loading import Tell, copy_many, insert_show, reserve_ids, told
from shows.services.demo.seeding import HANDLE, DemoShows
from shows.services.demo.words import picked

SEQUENCE_COLUMNS = ("id", "show_id", "code", "description", "created_at", "row_version")
SHOT_COLUMNS = (
    "id", "show_id", "sequence_id", "code", "status", "assigned_to_id", "description", "frame_start", "frame_end",
    "head_handle", "tail_handle", "created_at", "updated_at", "row_version",
)  # fmt: skip
VERSION_COLUMNS = ("id", "shot_id", "number", "department", "comment", "created_by_id", "created_at")
REVIEW_COLUMNS = (
    "shot_id", "author", "created_by_id", "status", "body", "department", "version_id", "frame_start", "frame_end",
    "is_open", "set_shot_status", "created_at", "row_version",
)  # fmt: skip
SPEAKERS = ("supervisor", "noor", "wren", "ibrahim", "hana", "coordinator")
# Of twenty shots.
STATUSES = (
    *(ShotStatus.PENDING,) * 3, *(ShotStatus.IN_PROGRESS,) * 6, *(ShotStatus.REVIEW,) * 3,
    *(ShotStatus.APPROVED,) * 3, *(ShotStatus.FINAL,) * 3, ShotStatus.ON_HOLD, ShotStatus.OMITTED,
)  # fmt: skip
# Of twenty reviews.
VERDICTS = (*(ReviewStatus.APPROVED,) * 3, *(ReviewStatus.NEEDS_REVISION,) * 8, *(ReviewStatus.NOTE,) * 9)
MOVES = {ReviewStatus.APPROVED: ShotStatus.APPROVED, ReviewStatus.NEEDS_REVISION: ShotStatus.IN_PROGRESS}
UNASSIGNED_SHARE = 0.15
# Notes from the last tenth of the time are open, and one in twelve of those before.
OPEN_SINCE = 0.9
FORGOTTEN_SHARE = 1 / 12

Row = tuple[Any, ...]


@dataclass(frozen=True)
class Loading:
    """What the rows refer to, with the ids that are reserved for them."""

    studio: BigStudio
    shows: list[int]
    sequences: list[SequencePart]
    sequence_ids: "array[int]"
    shot_ids: "array[int]"
    version_ids: "array[int]"
    # Names and accounts of those who speak; ids of those who work.
    speakers: list[tuple[str, Any]]
    artists: list[int]


def seed_scale(shots: int, cast: Cast, tell: Tell) -> DemoShows:
    """Makes shows with so many shots in all, two and a half versions and exactly five reviews each.

    The number of statements does not grow with the number of shots. Runs in the caller's transaction; foreign keys
    are checked when that ends.
    """
    studio = BigStudio(shots, timezone.now())
    shows = [make_show(studio, number) for number in range(len(SHOWS))]
    loading = prepared(studio, shows, cast)
    copy_many(Sequence, SEQUENCE_COLUMNS, sequence_rows(loading))
    copy_many(Shot, SHOT_COLUMNS, told(shot_rows(loading), "Shots", shots, tell))
    copy_many(Version, VERSION_COLUMNS, told(version_rows(loading), "Versions", studio.versions, tell))
    copy_many(Review, REVIEW_COLUMNS, told(review_rows(loading), "Reviews", studio.reviews, tell))
    counts = {
        "shows": len(shows), "sequences": len(loading.sequences),
        "shots": shots, "versions": studio.versions, "reviews": studio.reviews,
    }  # fmt: skip
    return DemoShows(shows, counts)


def make_show(studio: BigStudio, number: int) -> int:
    code, title, status, _ = SHOWS[number]
    created_at = studio.at(0) - timedelta(days=len(SHOWS) - number)
    return insert_show(code=code, title=title, status=status, production=None, created_at=created_at)


def prepared(studio: BigStudio, shows: list[int], cast: Cast) -> Loading:
    sequences = studio.sequences(drawn_for("sequences"))
    return Loading(
        studio,
        shows,
        sequences,
        sequence_ids=reserve_ids(Sequence, len(sequences)),
        shot_ids=reserve_ids(Shot, studio.shots),
        version_ids=reserve_ids(Version, studio.versions),
        speakers=[(cast.people[key].full_name, cast.typist(key).pk) for key in SPEAKERS],
        artists=[person.pk for person in cast.people.values() if person.role.department in words.DEPARTMENTS],
    )


def drawn_for(rows: str) -> Random:
    """The same numbers every time."""
    return Random(rows)  # noqa: S311 - nothing secret is drawn


def sequence_rows(loading: Loading) -> Iterator[Row]:
    rng = drawn_for("sequence rows")
    shot = 0
    for pk, part in zip(loading.sequence_ids, loading.sequences, strict=True):
        made_at = loading.studio.at(loading.studio.made(shot))
        yield pk, loading.shows[part.show], part.code, words.place(rng), made_at, 1
        shot += part.shots


def shot_rows(loading: Loading) -> Iterator[Row]:
    rng = drawn_for("shots")
    for shot, (sequence, code) in enumerate(coded(loading)):
        show = loading.shows[loading.sequences[sequence].show]
        yield (
            loading.shot_ids[shot], show, loading.sequence_ids[sequence], code, picked(STATUSES, rng),
            None if rng.random() < UNASSIGNED_SHARE else picked(loading.artists, rng), words.description(rng),
            *loading.studio.frames(shot), HANDLE, HANDLE, *touched(loading.studio, shot, rng), 1,
        )  # fmt: skip


def coded(loading: Loading) -> Iterator[tuple[int, str]]:
    """Each shot's sequence, by its place, and code."""
    for place, sequence in enumerate(loading.sequences):
        for number in range(10, 10 * sequence.shots + 1, 10):
            yield place, f"{sequence.code}_{number:04d}"


def touched(studio: BigStudio, shot: int, rng: Random) -> Row:
    """When the shot was made, and when it changed last."""
    made = studio.made(shot)
    return studio.at(made), studio.at(made + (1 - made) * rng.random())


def version_rows(loading: Loading) -> Iterator[Row]:
    rng = drawn_for("versions")
    ids = iter(loading.version_ids)
    _, typist = loading.speakers[SPEAKERS.index("coordinator")]
    for shot, shot_id in enumerate(loading.shot_ids):
        made_at = loading.studio.at(loading.studio.made(shot))
        for number in range(1, VERSIONS[shot % len(VERSIONS)] + 1):
            department = picked(words.DEPARTMENTS, rng)
            yield next(ids), shot_id, number, department, words.progress(rng), typist, made_at + number * VERSION_EVERY


def review_rows(loading: Loading) -> Iterator[Row]:
    """In the order of time, each about a shot that was there already, so that old shots have more of them."""
    rng = drawn_for("reviews")
    studio = loading.studio
    for number in range(1, studio.reviews + 1):
        part = number / studio.reviews
        shot = studio.random_shot(part, rng.random())
        author, typist = picked(loading.speakers, rng)
        status = picked(VERDICTS, rng)
        department = picked(words.DEPARTMENTS, rng)
        body = words.praise(rng) if status == ReviewStatus.APPROVED else words.criticism(department, rng)
        yield (
            loading.shot_ids[shot], author, typist, status, body, department, version_of(loading, shot, part),
            *frames_in(studio.frames(shot), rng), is_open(status, part, rng),
            MOVES.get(status) if rng.random() < 0.6 else None, studio.at(part), 1,
        )  # fmt: skip


def version_of(loading: Loading, shot: int, part: float) -> int | None:
    """The shot's newest version at that time."""
    number = loading.studio.version_at(shot, part)
    return loading.version_ids[loading.studio.first_version(shot) + number - 1] if number else None


def frames_in(frames: tuple[int, int], rng: Random) -> tuple[int | None, int | None]:
    """Half of the notes are about the whole shot, a quarter about one frame, a quarter about several."""
    first, last = frames
    drawn = rng.random()
    if drawn < 0.5:
        return None, None
    start = first + int(rng.random() * (last - first))
    return start, None if drawn < 0.75 else start + int(rng.random() * (last - start))


def is_open(status: ReviewStatus, part: float, rng: Random) -> bool:
    return status != ReviewStatus.APPROVED and (part > OPEN_SINCE or rng.random() < FORGOTTEN_SHARE)
