"""What is drawn for each take of the demo: a still, or for the newest take of a short shot a clip of all its frames."""

from collections.abc import Iterator

from shows.services.demo.plan import SequencePlan, ShotPlan, ShowPlan
from shows.services.drawing.order import FILM, NTSC_FILM, Order

LONGEST_CLIP = 70
# By show, where it is not the usual.
CLIP_TYPES = {"MAM": "video/webm"}
RATES = {"NQF": NTSC_FILM}
STILL_TYPES = {"Layout": "image/png", "Roto": "image/webp"}


def orders_of(shows: tuple[ShowPlan, ...]) -> list[list[Order]]:
    """The orders of each shot, in the order of its takes."""
    return [list(orders_of_shot(show, part, shot)) for show in shows for part in show.sequences for shot in part.shots]


def orders_of_shot(show: ShowPlan, sequence: SequencePlan, shot: ShotPlan) -> Iterator[Order]:
    first, last = shot.frames
    frames = last - first + 1
    for number, take in enumerate(shot.takes, start=1):
        is_clip = number == len(shot.takes) and frames <= LONGEST_CLIP
        still_type = STILL_TYPES.get(take.department, "image/jpeg")
        yield Order(
            show=show.code,
            sequence=sequence.code,
            shot=shot.code,
            version=f"v{number:03d}",
            department=take.department,
            first=first,
            media_type=CLIP_TYPES.get(show.code, "video/mp4") if is_clip else still_type,
            frames=frames if is_clip else 0,
            rate=RATES.get(show.code, FILM),
        )
