"""Files that were made to do harm."""

import json
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import ImportRefused
from pipeline.services.importing.files import text_of
from shows.services.imports.timeline import Cut, read_timeline
from shows.tests.test_timeline_otio import clip, holding, timeline

pytestmark = [pytest.mark.security]

WORDS = st.sampled_from(
    [
        *("TITLE: x", "FCM: DROP FRAME", "SPLIT: AUDIO DELAY=", "* FROM CLIP NAME: a", "M2", "*", "\n"),
        *("001", "002", "AX", "BL", "V", "A", "AA/V", "C", "D", "W001", "010", "5"),
        *("00:00:00:00", "00:00:01:00", "00:00:01;00", "99:99:99:99"),
    ]
)
NODES = st.sampled_from(
    ["Timeline.1", "Stack.1", "Track.1", "Clip.1", "Clip.2", "Gap.1", "Marker.99", "SerializableObjectRef.1", ""]
)
JUNK = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=5))
KEYS = st.sampled_from(
    ["name", "children", "tracks", "source_range", "start_time", "duration", "rate", "value", "kind"]
)
DOCUMENTS = st.recursive(
    JUNK,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.builds(lambda schema, keys: {"OTIO_SCHEMA": schema} | keys, NODES, st.dictionaries(KEYS, inner, max_size=4)),
    ),
    max_leaves=20,
)


def outcome(text: str) -> Cut | ImportRefused:
    try:
        return read_timeline(text, filename="x")
    except ImportRefused as refusal:
        return refusal


@given(st.lists(WORDS, max_size=40).map(" ".join))
def test_an_edl_of_any_words_is_read_or_refused(text: str) -> None:
    assert isinstance(outcome(text), Cut | ImportRefused)


@given(DOCUMENTS)
def test_any_json_is_read_or_refused(document: Any) -> None:
    assert isinstance(outcome(json.dumps(timeline(document))), Cut | ImportRefused)


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        found = outcome(text_of(BytesIO(data)))
    except ImportRefused as refusal:
        found = refusal
    assert isinstance(found, Cut | ImportRefused)


def nested(depth: int) -> dict[str, Any]:
    document = clip()
    for _ in range(depth):
        document = holding("Stack.1", document)
    return timeline(document)


def test_reasonable_nesting_is_read() -> None:
    assert len(read_timeline(json.dumps(nested(50))).rows) == 1


@pytest.mark.parametrize(
    "text",
    [
        json.dumps(nested(100)),
        "[" * 1_000_000,
        '{"OTIO_SCHEMA":"Track.1","children":[' * 100_000,
        '{"OTIO_SCHEMA":"Timeline.1","tracks":' + "9" * 5000 + "}",
        '"' + "\\" * 1_000_001,
        json.dumps(timeline(None, [], 5, {"OTIO_SCHEMA": "Stack.1", "children": 7})),
        "\x89PNG",
    ],
)
def test_depth_size_and_nonsense_are_refused(text: str) -> None:
    assert isinstance(outcome(text), ImportRefused)


def test_references_that_would_multiply_clips_are_no_clips() -> None:
    reference = {"OTIO_SCHEMA": "SerializableObjectRef.1", "id": "a"}
    doubled = holding("Stack.1", reference, reference, OTIO_REF_ID="a")
    assert read_timeline(json.dumps(timeline(doubled))).rows == []


def test_more_clips_than_a_film_has_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shows.services.imports.timeline.MOST_CLIPS", 2)
    assert isinstance(outcome(json.dumps(timeline(clip(), clip(), clip()))), ImportRefused)
