"""OTIO's JSON, cut down to what an import reads, before the library sees it.

The library falls over hostile documents (null among the children ends the process) and refuses parts of newer
releases that no shot needs, such as markers. What it gets from here was put together by us, key by key.
"""

import json
import re
from collections.abc import Iterator
from typing import Any, TypeGuard

from pipeline.errors import ImportRefused

SCHEMA = "OTIO_SCHEMA"
LINE = "line of the clip"
CLIP = re.compile(r'("OTIO_SCHEMA"\s*:\s*"Clip\b[^"\\]*")')
# OTIO writes numbers that are none; strings stand here so that nothing in them is taken for one.
NO_NUMBER = re.compile(r'("(?>[^"\\]|\\.)*+")|-?\b(?:Inf(?:inity)?|NaN)\b', re.DOTALL)
COMPOSITIONS = {"Stack": "Stack.1", "Track": "Track.1", "Sequence": "Track.1"}
DEEPEST = 60
LOWEST_RATE, HIGHEST_RATE = 0.01, 1e6
MOST_FRAMES = 10**18
UNPRINTABLE = re.compile("[\x00-\x1f\ud800-\udfff]")


def cleaned(text: str) -> dict[str, Any]:
    """A timeline of compositions and clips, each clip with its line in the metadata.

    Gaps, transitions, effects, markers and all metadata are left out. Raises ImportRefused, with the line.
    """
    name, children = parts_of(parsed(with_lines(text)))
    stack = {SCHEMA: "Stack.1", "children": list(clean_children(children, 0))}
    return {SCHEMA: "Timeline.1", "name": clean_name(name), "tracks": stack}


def with_lines(text: str) -> str:
    """The text with each clip's line as a key of the clip."""
    pieces = CLIP.split(text)
    line = 1
    for index, piece in enumerate(pieces):
        line += piece.count("\n")
        if index % 2:
            pieces[index] = f'{piece}, "{LINE}": {line}'
    return "".join(pieces)


def parsed(text: str) -> Any:
    if "Inf" in text or "NaN" in text:
        text = NO_NUMBER.sub(lambda found: found[1] or "null", text)
    try:
        return json.loads(text)
    except RecursionError:
        raise ImportRefused("The file is nested too deeply.") from None
    except json.JSONDecodeError as error:
        raise ImportRefused(f"This is not JSON: {error.msg}.", line=error.lineno) from None
    except ValueError:
        raise ImportRefused("The file holds a number that is too long.") from None


def parts_of(document: Any) -> tuple[Any, Any]:
    """The name of the timeline, and what it is made of."""
    kind = kind_of(document)
    if kind == "Timeline":
        return document.get("name"), tracks_of(document)
    if kind == "SerializableCollection":
        timelines = [child for child in listed(document.get("children")) if kind_of(child) == "Timeline"]
        if len(timelines) == 1:
            return parts_of(timelines[0])
        raise ImportRefused(f"The file holds {len(timelines)} timelines. Export one.")
    if kind in COMPOSITIONS or kind == "Clip":
        return document.get("name"), [document]
    raise ImportRefused("This is JSON, but no OpenTimelineIO timeline.", line=1)


def tracks_of(timeline: dict[str, Any]) -> Any:
    tracks = timeline.get("tracks")
    return tracks.get("children") if isinstance(tracks, dict) else tracks


def kind_of(node: Any) -> str:
    schema = node.get(SCHEMA) if isinstance(node, dict) else None
    return schema.partition(".")[0] if isinstance(schema, str) else ""


def listed(value: Any) -> list[Any]:
    if value is None:
        return []
    if not isinstance(value, list):
        raise ImportRefused("This is no sound OpenTimelineIO file: what should be a list of children is none.")
    return value


def clean_children(children: Any, depth: int) -> Iterator[dict[str, Any]]:
    if depth > DEEPEST:
        raise ImportRefused(f"Compositions are nested more than {DEEPEST} deep.")
    for child in listed(children):
        kind = kind_of(child)
        if kind == "Clip":
            yield clean_clip(child)
        elif kind in COMPOSITIONS:
            yield {
                SCHEMA: COMPOSITIONS[kind],
                "name": "",
                "children": list(clean_children(child.get("children"), depth + 1)),
            } | ({} if kind == "Stack" else {"kind": clean_name(child.get("kind")) or "Video"})


def clean_clip(clip: dict[str, Any]) -> dict[str, Any]:
    line = found if isinstance(found := clip.get(LINE), int) else 1
    source_range = clean_range(clip.get("source_range"), line)
    available_range = None if source_range else clean_range(available(clip), line)
    return {
        SCHEMA: "Clip.1",
        "name": clean_name(clip.get("name")),
        "metadata": {"line": line},
        "source_range": source_range,
        "media_reference": {SCHEMA: "MissingReference.1", "available_range": available_range},
    }


def available(clip: dict[str, Any]) -> Any:
    """The range of the clip's media, in the newer form of several references or in the older of one."""
    media = clip.get("media_reference")
    if isinstance(references := clip.get("media_references"), dict):
        media = references.get(str(clip.get("active_media_reference_key") or "DEFAULT_MEDIA"))
    return media.get("available_range") if isinstance(media, dict) else None


def clean_name(name: Any) -> str:
    return UNPRINTABLE.sub(" ", name) if isinstance(name, str) else ""


def clean_range(span: Any, line: int) -> dict[str, Any] | None:
    if span is None:
        return None
    if not isinstance(span, dict):
        raise ImportRefused("The range of this clip is malformed.", line=line)
    return {
        SCHEMA: "TimeRange.1",
        "start_time": clean_time(span.get("start_time"), line),
        "duration": clean_time(span.get("duration"), line),
    }


def clean_time(time: Any, line: int) -> dict[str, Any]:
    rate, value = (time.get(name) if isinstance(time, dict) else None for name in ("rate", "value"))
    if not is_amount(rate) or not is_amount(value) or not LOWEST_RATE <= rate <= HIGHEST_RATE:
        raise ImportRefused("A time of this clip is malformed.", line=line)
    return {SCHEMA: "RationalTime.1", "rate": float(rate), "value": float(value)}


def is_amount(value: Any) -> TypeGuard[float]:
    """Numbers that can be counted with; what is too large for a frame is refused with its row."""
    return type(value) in (int, float) and -MOST_FRAMES < value < MOST_FRAMES
