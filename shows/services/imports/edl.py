"""EDLs of the CMX 3600 kind, by OpenTimelineIO's adapter."""

import re
from dataclasses import dataclass

import opentimelineio as otio
from otio_cmx3600_adapter.cmx_3600 import EDLParseError, EDLParser  # type: ignore[import-untyped]

from pipeline.errors import ImportRefused
from shows.services.imports.edl_events import Edl, Event, read_events

# An EDL does not say its rate, but drop-frame timecodes exist at two of them only.
USUAL_RATES = (24.0, 25.0, 30.0)
DROP_FRAME_RATES = (30000 / 1001, 60000 / 1001)
BLACK = ("BL", "BLACK")
# What the adapter raises for broken events, some of it by accident.
BROKEN = (
    *(otio.exceptions.OTIOError, ValueError, TypeError),
    *(AttributeError, LookupError, ArithmeticError, RuntimeError),
)
AMOUNT = re.compile(r"RationalTime\(([0-9.e+\-]+), [0-9.]+\)")


@dataclass(frozen=True, slots=True)
class Fault:
    """Where and why an EDL cannot be read at a rate; `is_of_rate`: another rate may help."""

    line: int
    message: str
    is_of_rate: bool


def read_edl(text: str, rate: float | None) -> tuple[otio.schema.Timeline, float]:
    """The timeline and its rate: the given one, or the first usual one that fits.

    Each clip has its line in its metadata. Raises ImportRefused, with the line.
    """
    edl = read_events(text)
    faults = []
    for candidate in [rate] if rate else rates_of(edl):
        found = timeline_at(edl, candidate)
        if not isinstance(found, Fault):
            return found, candidate
        faults.append(found)
    # The rate that got furthest was the likeliest.
    fault = max(faults, key=lambda fault: (fault.line, not fault.is_of_rate))
    raise ImportRefused(fault.message, line=fault.line)


def rates_of(edl: Edl) -> tuple[float, ...]:
    is_drop_frame = any(";" in event.text for event in edl.events)
    return DROP_FRAME_RATES if is_drop_frame else USUAL_RATES


def timeline_at(edl: Edl, rate: float) -> otio.schema.Timeline | Fault:
    """Hands the events to the adapter one by one, because its own errors name no line."""
    parser = EDLParser("", rate=rate)
    parser.timeline.name = edl.title
    for event in edl.events:
        # Black film between the clips is a gap.
        if event.reel in BLACK:
            continue
        try:
            add(parser, event, rate)
        except BROKEN as error:
            return Fault(event.line, explained(error), isinstance(error, ValueError))
    return parser.timeline


def add(parser: EDLParser, event: Event, rate: float) -> None:
    parser.add_clip(event.text, event.comments.values(), rate=rate)
    for track in parser.tracks_for_channel(event.channel):
        track[-1].metadata["line"] = event.line


def explained(error: Exception) -> str:
    """The adapter's words where they are meant to be read."""
    if isinstance(error, EDLParseError | ValueError):
        return AMOUNT.sub(r"\1 frames", str(error))[:300].rstrip(".") + "."
    return "This event cannot be read."
