"""A timeline's clips as rows: one for each shot, with the frames that the cut uses."""

import json
import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePath

import opentimelineio as otio

from pipeline.errors import ImportRefused
from shows.services.imports.cells import INT32
from shows.services.imports.codes import LONGEST_CODE, is_code, sequence_code, shot_code
from shows.services.imports.edl import read_edl
from shows.services.imports.otio_document import cleaned
from shows.services.imports.rows import Row

# How far rounding may carry a frame that rescaling has moved off its whole number.
CLOSE = 1e-4
MOST_CLIPS = 50_000
TOO_FEW = "The clip has no frames."


@dataclass(frozen=True, slots=True)
class Cut:
    """What a file says: the sequence, its shots, and the rate that frames are counted at, None for each clip's own."""

    sequence: str
    rows: list[Row]
    rate: float | None


def read_timeline(text: str, *, filename: str = "", sequence: str | None = None, rate: float | None = None) -> Cut:
    """Reads an EDL or OTIO file, told by its content.

    The timeline's name, or the file's where it has none, names the sequence unless `sequence` does. Raises
    ImportRefused, with the line, for a file that is broken, and for a sequence or a rate that is none.
    """
    rate = known_rate(rate)
    if text.lstrip()[:1] in ("{", "["):
        timeline = otio.adapters.read_from_string(json.dumps(cleaned(text)), "otio_json")
    else:
        timeline, rate = read_edl(text, rate)
    code = sequence or sequence_code(timeline.name) or sequence_code(PurePath(filename).stem)
    if not is_code(code):
        raise ImportRefused("Name the sequence: 1 to 20 letters, digits, underscores, dots, hyphens.", field="sequence")
    return Cut(code, shots(timeline, code, rate), rate)


def known_rate(rate: float | None) -> float | None:
    """The exact rate of film or television that is meant: 23.976 is 24000/1001."""
    if rate is None:
        return None
    exact: float = otio.opentime.RationalTime.nearest_smpte_timecode_rate(rate) if math.isfinite(rate) else 0.0
    if exact <= 0 or abs(exact - rate) > 0.01:
        raise ImportRefused("Use a rate of 23.976, 24, 25, 29.97, 30, 47.95, 48, 50, 59.94 or 60.", field="rate")
    return exact


def shots(timeline: otio.schema.Timeline, sequence: str, rate: float | None) -> list[Row]:
    """A row for each shot, in the order of the cut; a clip that is used twice is one shot with all its frames."""
    found: dict[str, Row] = {}
    for number, clip in enumerate(picture(timeline.tracks)):
        if number >= MOST_CLIPS:
            raise ImportRefused(f"The timeline has more than {MOST_CLIPS} clips. Split it.")
        row = row_of(clip, sequence, rate)
        # Clips without a code are not the same shot.
        found[row.code.upper() or f"({number})"] = united(found.get(row.code.upper()), row)
    return list(found.values())


def picture(composition: otio.core.Composition) -> Iterator[otio.schema.Clip]:
    """The clips that are seen: whatever is nested, but sound."""
    for child in composition:
        if isinstance(child, otio.schema.Clip):
            yield child
        elif isinstance(child, otio.core.Composition) and not is_sound(child):
            yield from picture(child)


def is_sound(composition: otio.core.Composition) -> bool:
    return isinstance(composition, otio.schema.Track) and composition.kind == otio.schema.TrackKind.Audio


def row_of(clip: otio.schema.Clip, sequence: str, rate: float | None) -> Row:
    row = Row(clip.metadata["line"], sequence, shot_code(clip.name))
    if not row.code:
        row.refuse("code", f"The clip's name {clip.name[:50]!r} leaves no code.")
    elif not is_code(row.code):
        row.refuse("code", f"The clip's name makes a code of {len(row.code)} characters; {LONGEST_CODE} are allowed.")
    try:
        first, last = frames(clip.trimmed_range(), rate)
    except otio.exceptions.CannotComputeAvailableRangeError:
        row.refuse("frame_start", "The clip has no source range, and its media has no length.")
        return row
    row.values = {"frame_start": first, "frame_end": last}
    refuse_frames(row, first, last)
    return row


def frames(span: otio.opentime.TimeRange, rate: float | None) -> tuple[int, int]:
    """The first and the last frame of a range, counted at `rate` or at the range's own."""
    base = rate or span.start_time.rate
    start = span.start_time.value / span.start_time.rate * base
    end = start + span.duration.value / span.duration.rate * base
    return math.floor(start + CLOSE), math.ceil(end - CLOSE) - 1


def refuse_frames(row: Row, first: int, last: int) -> None:
    if last < first:
        row.refuse("frame_end", TOO_FEW)
    for name, frame in (("frame_start", first), ("frame_end", last)):
        if frame not in INT32:
            row.refuse(name, f"The frame {frame:.3g} is not between {INT32.start} and {INT32.stop - 1}.")


def united(row: Row | None, other: Row) -> Row:
    """One row for both uses of a shot; an error of either is the row's."""
    if row is None:
        return other
    row.errors += other.errors
    for name, widest in (("frame_start", min), ("frame_end", max)):
        both = [each.values[name] for each in (row, other) if name in each.values]
        row.values |= {name: widest(both)} if both else {}
    return row
