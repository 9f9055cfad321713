"""An EDL's lines, grouped into events."""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from shows.errors import ImportRefused

NUMBER = re.compile(r"[0-9]+")
BLANKS = re.compile(r"\s+")
TIMECODE = re.compile(r"\b([0-9]{2}:[0-9]{2}:[0-9]{2}):([0-9]{2})\b")
HEADER = ("TITLE:", "FCM", "SPLIT", "*")
# The comments that tell something about a shot; the last of a kind counts.
COMMENT = re.compile(r"\*?\s*(FROM CLIP NAME|TO CLIP NAME|FROM CLIP|FROM FILE|M2|\* FREEZE FRAME|\* OTIO REFERENCE)")
# Beyond these the adapter's patterns take very long.
LONGEST_LINE = 1000
LONGEST_SPEED = 100
MOST_EVENTS = 20_000
FIELDS_OF_TRANSITION = 9
FIELDS = (8, FIELDS_OF_TRANSITION)


@dataclass(slots=True)
class Event:
    """One edit: its line, the line of the transition into it, if any, and the comments below, by kind."""

    line: int
    text: str
    comments: dict[str, str] = field(default_factory=dict)
    transition: str | None = None

    @property
    def number(self) -> int:
        return number_of(self.text)

    @property
    def reel(self) -> str:
        return self.text.split()[1]

    @property
    def channel(self) -> str:
        return self.text.split()[2]


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
        elif NUMBER.match(content):
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
    text = TIMECODE.sub(r"\1;\2", content) if edl.is_drop_frame else content
    last = edl.events[-1] if edl.events else None
    if edl.split or last is None or number_of(text) != last.number:
        comments = last.comments if last is not None and edl.split == 1 else {}
        edl.split = max(edl.split - 1, 0)
        edl.events.append(Event(line, text, comments))
        refuse_event(edl)
    else:
        add_transition(last, line, text)


def add_comment(event: Event, content: str) -> None:
    if kind := COMMENT.match(content):
        event.comments[kind[1]] = content


def add_transition(event: Event, line: int, text: str) -> None:
    """The second line of an event with one number is the transition into it."""
    number = text.split()[0]
    if event.transition is not None:
        raise ImportRefused(f"Event {number} has a transition already.", line=line)
    if len(text.split()) != FIELDS_OF_TRANSITION:
        detail = f"Event {number} stands here for the second time, without being a transition (D or W)."
        raise ImportRefused(f"{detail} A transition and the cut before it have the same number.", line=line)
    event.transition = text


def refuse_event(edl: Edl) -> None:
    event = edl.events[-1]
    if len(edl.events) > MOST_EVENTS:
        raise ImportRefused(f"The EDL has more than {MOST_EVENTS} events. Split it.", line=event.line)
    if (fields := len(event.text.split())) not in FIELDS:
        raise ImportRefused(f"An event has 8 fields, with a transition 9; this one has {fields}.", line=event.line)


def number_of(text: str) -> int:
    found = NUMBER.match(text)
    return int(found[0]) if found else 0
