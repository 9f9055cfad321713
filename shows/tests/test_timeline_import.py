import json
from io import BytesIO
from typing import Any

import pytest

from pipeline.errors import NotAllowed
from shows.models import Change, Sequence, Shot, Show
from shows.services.imports.from_timeline import import_timeline
from shows.tests.factories import SequenceFactory, ShotFactory, ShowFactory
from shows.tests.importing import Person, counts, from_timeline, shots

pytestmark = pytest.mark.django_db
EDL = """TITLE: Reel 1
001  AX V C 00:00:01:00 00:00:02:00 00:00:00:00 00:00:01:00
* FROM CLIP NAME: SH0010.mov
002  AX V C 00:00:05:00 00:00:06:00 00:00:01:00 00:00:02:00
* FROM CLIP NAME: SH0020.mov
003  AX V C 00:00:00:00 00:00:01:12 00:00:02:00 00:00:03:12
* FROM CLIP NAME: sh0010.mov
"""
TOO_LONG = """004  AX V C 00:00:00:00 00:00:01:12 00:00:10:00 00:00:11:12
* FROM CLIP NAME: a name that is too long
"""


@pytest.fixture
def show() -> Show:
    return ShowFactory()


def test_a_clip_that_is_used_twice_is_one_shot_with_all_its_frames(show: Show) -> None:
    from_timeline(show, EDL)
    assert shots(show) == [("Reel_1", "SH0010", 0, 47), ("Reel_1", "SH0020", 120, 143)]


def test_the_answer_counts_shots_and_names_the_sequence_and_the_rate(show: Show) -> None:
    assert from_timeline(show, EDL) == {
        "dry_run": False,
        "created": 2,
        "updated": 0,
        "unchanged": 0,
        "failed": 0,
        "sequence": "Reel_1",
        "rate": 24.0,
        "rows": [
            {"line": 2, "action": "created", "code": "SH0010", "errors": []},
            {"line": 4, "action": "created", "code": "SH0020", "errors": []},
        ],
    }


def test_a_cut_changes_frames_only_and_the_history_keeps_them(show: Show) -> None:
    shot = ShotFactory(sequence=SequenceFactory(show=show, code="REEL_1"), code="sh0010", status="final")
    answer = from_timeline(show, EDL)
    shot.refresh_from_db()
    assert counts(answer) == (1, 1, 0, 0)
    assert (shot.code, shot.status, shot.frame_start, shot.frame_end) == ("sh0010", "final", 0, 47)
    assert set(Change.objects.values_list("field", "by_name", "reason")) == {
        ("frame_start", "Cora Coordinator", "Timeline import"),
        ("frame_end", "Cora Coordinator", "Timeline import"),
    }


def test_the_same_cut_again_changes_nothing(show: Show) -> None:
    from_timeline(show, EDL)
    assert counts(from_timeline(show, EDL)) == (0, 0, 2, 0)


def test_a_dry_run_writes_nothing(show: Show) -> None:
    answer = from_timeline(show, EDL, dry_run=True)
    assert (answer["dry_run"], counts(answer)) == (True, (2, 0, 0, 0))
    assert (Shot.objects.count(), Sequence.objects.count()) == (0, 0)


def test_one_bad_clip_keeps_the_cut_from_being_written(show: Show) -> None:
    answer = from_timeline(show, EDL + TOO_LONG)
    assert (counts(answer), Shot.objects.count()) == ((2, 0, 0, 1), 0)
    assert (answer["sequence"], answer["rows"][2]["line"]) == ("Reel_1", 8)


def test_a_partial_import_writes_the_good_clips(show: Show) -> None:
    assert counts(from_timeline(show, EDL + TOO_LONG, partial=True)) == (2, 0, 0, 1)
    assert Shot.objects.count() == 2


def test_the_caller_may_name_the_sequence(show: Show) -> None:
    sequence = SequenceFactory(show=show, code="SQ010")
    from_timeline(show, EDL, sequence="sq010")
    assert sequence.shots.count() == 2


@pytest.mark.parametrize("sequence", ["SQ 010", "S" * 21, "SQ010\n"])
def test_a_sequence_that_is_no_code_is_refused(show: Show, sequence: str) -> None:
    assert "Name the sequence" in from_timeline(show, EDL, sequence=sequence)["detail"]


@pytest.mark.parametrize(("filename", "sequence"), [("Reel 2 (v3).edl", "Reel_2_v3_"), ("x/Reel.03.edl", "Reel.03")])
def test_the_file_names_the_sequence_of_a_timeline_without_a_name(show: Show, filename: str, sequence: str) -> None:
    assert from_timeline(show, EDL.partition("\n")[2], filename=filename)["sequence"] == sequence


def test_without_any_name_the_sequence_is_asked_for(show: Show) -> None:
    assert "Name the sequence" in from_timeline(show, EDL.partition("\n")[2])["detail"]


@pytest.mark.parametrize("rate", [0.0, -24.0, 12.0, 26.0, 1e300, float("nan"), float("inf")])
def test_a_rate_of_no_film_is_refused(show: Show, rate: float) -> None:
    assert "Use a rate of" in from_timeline(show, EDL, rate=rate)["detail"]


@pytest.mark.parametrize(("rate", "end"), [(23.98, 47), (25.0, 49), (30.0, 59)])
def test_a_given_rate_counts_the_frames_of_an_otio_file(show: Show, rate: float, end: int) -> None:
    from_timeline(show, json.dumps(timeline(clip("SH", 0, 48))), rate=rate)
    assert shots(show) == [("T", "SH", 0, end)]


def test_the_right_to_import_is_asked_for_again(show: Show) -> None:
    with pytest.raises(NotAllowed):
        import_timeline(show.pk, file=BytesIO(EDL.encode()), by=Person(lacks=("shows.import_shots",)))


def clip(name: str, start: int, duration: int, rate: float = 24.0) -> dict[str, Any]:
    times = {"start_time": start, "duration": duration}
    span = {key: {"OTIO_SCHEMA": "RationalTime.1", "rate": rate, "value": value} for key, value in times.items()}
    return {"OTIO_SCHEMA": "Clip.2", "name": name, "source_range": {"OTIO_SCHEMA": "TimeRange.1", **span}}


def timeline(*children: dict[str, Any]) -> dict[str, Any]:
    stack = {"OTIO_SCHEMA": "Stack.1", "children": list(children)}
    return {"OTIO_SCHEMA": "Timeline.1", "name": "T", "tracks": stack}
