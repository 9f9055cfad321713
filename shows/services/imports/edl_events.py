"""An EDL's lines, grouped into events."""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from pipeline.errors import ImportRefused

EVENT_NUMBER = re.compile(r"[0-9]{1,9}")
BLANKS = re.compile(r"\s+")
COLONS = re.compile(r"\b([0-9]{2}:[0-9]{2}:[0-9]{2}):([0-9]{2})\b")
TIME = re.compile(r"[0-9]{1,9}|[0-9]{2}:[0-9]{2}:[0-9]{2}[:;.,][0-9]{2}")
HEADER = ("TITLE:", "FCM", "SPLIT", "*")
# The comments that tell something about a shot; the last of a kind counts.
COMMENT = re.compile(r"\*?\s*(FROM CLIP NAME|TO CLIP NAME|FROM CLIP|FROM FILE|M2|\* FREEZE FRAME|\* OTIO REFERENCE)")
# Beyond these the adapter's patterns take very long.
LONGEST_LINE = 1000
LONGEST_SPEED = 100
MOST_EVENTS = 20_000
# Number, reel, channel, kind of edit, frames of a transition, and in and out of source and record.
CUT, TRANSITION = 8, 9
KIND = re.compile(r"D|W[0-9]{3}")


@dataclass(slots=True)
class Event:
    """One edit, with the comments below by kind. What is dissolved or wiped to begins where the transition does."""

    line: int
    fields: list[str]
    comments: dict[str, str] = field(default_factory=dict)
    has_transition: bool = False

    @property
    def number(self) -> int:
        return int(self.fields[0])

    @property
    def reel(self) -> str:
        return self.fields[1]

    @property
    def channel(self) -> str:
        return self.fields[2]

    @property
    def text(self) -> str:
        """The line as a cut: transitions make no shots, and alone they lose their number in the adapter."""
        return " ".join(self.fields if len(self.fields) == CUT else [*self.fields[:3], "C", *self.fields[5:]])


@dataclass(slots=True)
class Edl:
    title: str = ""
    is_drop_frame: bool = False
    events: list[Event] = field(default_factory=list)
    # How many of the next events share their comments: after SPLIT two.
    split: int = 0


def read_events(text: str) -> Edl:
    """Raises ImportRefused, with the line, for what is no EDL."""
    edl = Edl()
    for line, content in numbered_lines(text):
        if content.startswith("FCM"):
            edl.is_drop_frame = "DROP" in content and "NON" not in content
        elif content.startswith("SPLIT"):
            edl.split = 2
        elif EVENT_NUMBER.match(content):
            add_event_line(edl, line, content)
        elif edl.events:
            add_comment(edl.events[-1], content)
        elif content.startswith("TITLE:"):
            edl.title = content.removeprefix("TITLE:").strip()
        elif not content.startswith(HEADER):
            raise ImportRefused("This is neither an EDL (TITLE, FCM, numbered events) nor an OTIO file.", line=line)
    return edl


def numbered_lines(text: str) -> Iterator[tuple[int, str]]:
    for line, raw in enumerate(io.StringIO(text, newline=None), start=1):
        content = BLANKS.sub(" ", raw).strip()
        if len(content) > (LONGEST_SPEED if content.startswith("M2") else LONGEST_LINE):
            raise ImportRefused("This line is too long for an EDL.", line=line)
        if content:
            yield line, content


def add_event_line(edl: Edl, line: int, content: str) -> None:
    """Begins an event, or goes on with the last one, which has the same number when this is the transition to it."""
    fields = (COLONS.sub(r"\1;\2", content) if edl.is_drop_frame else content).split()
    refuse_fields(fields, line)
    last = edl.events[-1] if edl.events else None
    if last is not None and not edl.split and int(fields[0]) == last.number:
        add_transition(last, line, fields)
        return
    comments = last.comments if last is not None and edl.split == 1 else {}
    edl.split = max(edl.split - 1, 0)
    edl.events.append(Event(line, fields, comments))
    if len(edl.events) > MOST_EVENTS:
        raise ImportRefused(f"The EDL has more than {MOST_EVENTS} events. Split it.", line=line)


def refuse_fields(fields: list[str], line: int) -> None:
    if len(fields) not in (CUT, TRANSITION) or not EVENT_NUMBER.fullmatch(fields[0]):
        detail = f"An event has a number and {CUT - 1} more fields, a transition one more; this has {len(fields)}."
        raise ImportRefused(detail, line=line)
    if len(fields) == TRANSITION and not KIND.fullmatch(fields[3]):
        raise ImportRefused(f"{fields[3][:20]!r} is no transition that can be read: D or W with a number.", line=line)
    for time in fields[-4:]:
        if not TIME.fullmatch(time):
            raise ImportRefused(f"{time[:20]!r} is no timecode.", line=line)


def add_comment(event: Event, content: str) -> None:
    if kind := COMMENT.match(content):
        event.comments[kind[1]] = content


def add_transition(event: Event, line: int, fields: list[str]) -> None:
    """The second line of an event with one number is the transition to its clip."""
    if event.has_transition:
        raise ImportRefused(f"Event {fields[0]} has a transition already.", line=line)
    if len(fields) != TRANSITION:
        detail = f"Event {fields[0]} stands here for the second time, without being a transition (D or W)."
        raise ImportRefused(f"{detail} A transition and the cut before it have the same number.", line=line)
    event.fields = fields
    event.has_transition = True
