import json
import math
from typing import Any

import pytest

from pipeline.errors import ImportRefused
from shows.services.imports.timeline import Cut, read_timeline

pytestmark = pytest.mark.unit
RANGE = {
    "OTIO_SCHEMA": "TimeRange.1",
    "start_time": {"OTIO_SCHEMA": "RationalTime.1", "rate": 24, "value": 10},
    "duration": {"OTIO_SCHEMA": "RationalTime.1", "rate": 24, "value": 5},
}


def clip(name: Any = "SH1", **keys: Any) -> dict[str, Any]:
    return {"OTIO_SCHEMA": "Clip.2", "name": name, "source_range": RANGE} | keys


def span(start: float, duration: float, rate: float = 24, duration_rate: float = 24) -> dict[str, Any]:
    return {"start_time": {"rate": rate, "value": start}, "duration": {"rate": duration_rate, "value": duration}}


def holding(schema: str, *children: Any, **keys: Any) -> dict[str, Any]:
    return {"OTIO_SCHEMA": schema, "name": "x", "children": list(children)} | keys


def timeline(*children: Any, **keys: Any) -> dict[str, Any]:
    return {"OTIO_SCHEMA": "Timeline.1", "name": "T", "tracks": holding("Stack.1", *children)} | keys


def cut(document: Any) -> Cut:
    return read_timeline(json.dumps(document, indent=1), filename="cut.otio")


def frames(document: Any) -> dict[str, tuple[int, int]]:
    return {row.code: (row.values["frame_start"], row.values["frame_end"]) for row in cut(document).rows}


def error(document: Any) -> tuple[str, str]:
    row = cut(document).rows[0]
    return row.errors[0]["field"], row.errors[0]["message"]


def test_nested_compositions_are_walked_and_sound_is_not() -> None:
    inner = holding("Stack.1", holding("Track.1", clip("SH2")), holding("Track.1", clip("BOOM"), kind="Audio"))
    video = holding("Track.1", clip("SH1"), inner, holding("Sequence.1", clip("SH3")), kind="Video")
    sound = holding("Track.1", clip("MIX"), holding("Stack.1", clip("FOLEY")), kind="Audio")
    assert list(frames(timeline(video, sound))) == ["SH1", "SH2", "SH3"]


@pytest.mark.parametrize("schema", ["Gap.1", "Filler.1", "Transition.1", "Slate.7"])
def test_what_is_no_clip_makes_no_shot(schema: str) -> None:
    assert frames(timeline(holding("Track.1", {"OTIO_SCHEMA": schema}, clip()))) == {"SH1": (10, 14)}


@pytest.mark.parametrize("schema", ["Clip", "Clip.1", "Clip.9"])
def test_clips_of_older_and_newer_releases_are_read(schema: str) -> None:
    assert frames(timeline(clip(OTIO_SCHEMA=schema))) == {"SH1": (10, 14)}


@pytest.mark.parametrize(
    "media",
    [
        {"media_reference": {"available_range": RANGE}},
        {"media_references": {"DEFAULT_MEDIA": {"available_range": RANGE}}},
        {"media_references": {"proxy": {"available_range": RANGE}}, "active_media_reference_key": "proxy"},
    ],
)
def test_without_a_source_range_the_media_says_how_long_a_clip_is(media: dict[str, Any]) -> None:
    assert frames(timeline(clip(source_range=None, **media))) == {"SH1": (10, 14)}


@pytest.mark.parametrize(
    "media",
    [
        {},
        {"media_reference": None},
        {"media_reference": "x"},
        {"media_references": {"a": 1}, "active_media_reference_key": "a"},
        {"media_reference": {"available_range": None}},
    ],
)
def test_a_clip_without_any_length_is_an_error_of_its_row(media: dict[str, Any]) -> None:
    assert error(timeline(clip(source_range=None, **media)))[0] == "frame_start"


def test_media_that_is_missing_does_not_matter_beside_a_source_range() -> None:
    assert frames(timeline(clip(media_reference={"available_range": "?"}))) == {"SH1": (10, 14)}


@pytest.mark.parametrize(
    ("times", "expected"),
    [
        ((0, 1), (0, 0)),
        ((86501, 31), (86501, 86531)),
        ((-5, 10), (-5, 4)),
        ((10.5, 5), (10, 15)),
        ((10, 4.5), (10, 14)),
        ((9.99999999, 5.00000001), (10, 14)),
        ((10, 10, 24, 48), (10, 14)),
        ((0, 100, 30000 / 1001, 30000 / 1001), (0, 99)),
        ((2**31 - 2, 1), (2**31 - 2, 2**31 - 2)),
    ],
)
def test_frames_are_whole_and_both_ends_included(times: tuple[float, ...], expected: tuple[int, int]) -> None:
    assert frames(timeline(clip(source_range=span(*times)))) == {"SH1": expected}


@pytest.mark.parametrize("times", [(0, 10**12), (2**31, 1), (-(2**31) - 1, 5), (10**17, 1), (0, 0), (0, -5)])
def test_frames_that_no_column_holds_are_an_error_of_the_row(times: tuple[float, ...]) -> None:
    assert error(timeline(clip(source_range=span(*times))))[0].startswith("frame_")


@pytest.mark.parametrize("name", [None, "", "(LAY3)", "éé", 5, ["x"], "\ud800\x00"])
def test_a_clip_without_a_name_is_an_error_of_its_row(name: Any) -> None:
    rows = cut(timeline(clip(name), clip(name))).rows
    assert [row.errors[0]["field"] for row in rows] == ["code", "code"]


def test_an_error_of_one_use_is_the_shots() -> None:
    row = cut(timeline(clip(), clip("sh1", source_range=span(0, 0)), clip("Sh1", source_range=None))).rows
    assert [[each["field"] for each in only.errors] for only in row] == [["frame_end", "frame_start"]]


def test_each_clip_has_its_line() -> None:
    clips = '{"OTIO_SCHEMA":\n"Clip.1",\n"name":"A"},\n{"OTIO_SCHEMA" : "Clip.1"}'
    text = f'{{"OTIO_SCHEMA": "Track.1", "children": [{clips}]}}'
    assert [row.line for row in read_timeline(text, filename="x").rows] == [2, 4]


def test_numbers_that_are_none_may_stand_in_what_is_not_read() -> None:
    text = json.dumps(timeline(clip('a "Inf, NaN" b', metadata={"x": [math.inf, -math.inf, math.nan, 10**40]})))
    assert [row.code for row in read_timeline(text.replace("Infinity", "Inf")).rows] == ["a_Inf_NaN_b"]


@pytest.mark.parametrize(
    "document",
    [
        holding("Track.1", clip()),
        holding("Stack.1", holding("Track.1", clip())),
        clip(),
        holding("SerializableCollection.1", timeline(clip())),
        timeline(tracks=[clip()]),
    ],
)
def test_a_cut_need_not_be_a_whole_timeline(document: Any) -> None:
    assert frames(document) == {"SH1": (10, 14)}


@pytest.mark.parametrize("tracks", [None, {}, [], {"children": None}])
def test_an_empty_timeline_has_no_rows(tracks: Any) -> None:
    assert cut(timeline(tracks=tracks)).rows == []


@pytest.mark.parametrize(
    ("document", "words"),
    [
        ([], "no OpenTimelineIO timeline"),
        ({"a": 1}, "no OpenTimelineIO timeline"),
        ({"OTIO_SCHEMA": 5}, "no OpenTimelineIO timeline"),
        ({"OTIO_SCHEMA": "Marker.2"}, "no OpenTimelineIO timeline"),
        (holding("SerializableCollection.1", timeline(), timeline()), "holds 2 timelines"),
        (timeline(tracks={"children": 5}), "list of children"),
        (timeline(clip(source_range="x")), "range of this clip is malformed"),
        (timeline(clip(source_range={})), "time of this clip is malformed"),
        (timeline(clip(source_range=span(0, 5, rate=0))), "time of this clip is malformed"),
        (timeline(clip(source_range=span(0, 5, rate=1e-300))), "time of this clip is malformed"),
        (timeline(clip(source_range=span(math.nan, 5))), "time of this clip is malformed"),
        (timeline(clip(source_range=span(0, 1e300))), "time of this clip is malformed"),
        (timeline(clip(source_range=span(0, True))), "time of this clip is malformed"),
    ],
)
def test_what_is_no_sound_timeline_is_refused(document: Any, words: str) -> None:
    with pytest.raises(ImportRefused, match=words):
        cut(document)


def test_a_broken_file_is_refused_with_the_line() -> None:
    with pytest.raises(ImportRefused, match="Line 3: This is not JSON"):
        read_timeline('{"OTIO_SCHEMA": "Timeline.1",\n\n"name"}')


def test_a_malformed_clip_is_refused_with_its_line() -> None:
    with pytest.raises(ImportRefused) as refused:
        read_timeline('{"OTIO_SCHEMA": "Track.1", "children":[\n{"OTIO_SCHEMA": "Clip.1", "source_range": 5}]}')
    assert refused.value.facts == {"line": 2}
