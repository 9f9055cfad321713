"""Cuts as cutting rooms export them."""

from pathlib import Path
from typing import Any

import pytest

from shows.models import Show
from shows.tests.factories import ShowFactory
from shows.tests.importing import counts, errors, from_timeline

pytestmark = [pytest.mark.django_db, pytest.mark.sanity]

SCREENING = {
    "ZZ100_501": (86501, 86531),
    "ZZ100_502A": (86557, 86606),
    "ZZ100_503A": (86601, 86628),
    "ZZ100_504C": (86641, 86755),
    "ZZ100_504B": (86753, 86853),
    "ZZ100_507C": (86501, 86661),
    "ZZ100_508": (86628, 86797),
    "ZZ100_510": (86722, 86857),
    "ZZ100_510B": (86501, 86757),
}
FIGURE = {"Clip-001": (3, 5), "Clip-002": (2, 7)}
EXPECTED: dict[str, tuple[str, dict[str, tuple[int, int]]]] = {
    "edl-cmx3600/25fps.edl": (
        "SQ0002_A2",
        {
            "sq001_s001": (90000, 90160),
            "sq001_s002": (90000, 90199),
            "sq001_s003": (90000, 90085),
            "sq001_s004": (90000, 90048),
        },
    ),
    "edl-cmx3600/avid_example.edl": ("Avid_Example.01", {"take_1": (86501, 86531), "take_2": (86557, 86606)}),
    "edl-cmx3600/cdl.edl": ("CDL_Example_Formatte", {"ZZ100_501": (86501, 86531)}),
    "edl-cmx3600/dissolve_test.edl": ("dissolve_test", {"clip_A": (86501, 86509), "clip_B": (86600, 86610)}),
    "edl-cmx3600/dissolve_test_2.edl": ("dissolve_test_2", {"clip_A": (86501, 86505), "clip_B": (86596, 86610)}),
    "edl-cmx3600/dissolve_test_3.edl": (
        "dissolve_test_3",
        {"Clip_A": (86495, 86555), "Clip_C": (87214, 87243), "Clip_D": (86400, 86445)},
    ),
    "edl-cmx3600/dissolve_test_4.edl": (
        "TRANSITION_TEST_2",
        {
            "001": (86562, 86591),
            "002": (86559, 86609),
            "003": (86566, 86646),
            "004": (86554, 86637),
            "005": (86606, 86701),
            "060": (86694, 86828),
        },
    ),
    "edl-cmx3600/enabled.otio": (
        "enable_test",
        {"Clip-001": (0, 2), "Clip-002": (3, 5), "Clip-003": (3, 5)},
    ),
    "edl-cmx3600/gap_test.edl": (
        "gap_test",
        {"shot1": (14400, 14423), "shot2": (1987200, 1987223), "shot3": (864000, 864023)},
    ),
    "edl-cmx3600/multi_audio.edl": ("MultiAudio", {}),
    "edl-cmx3600/no_spaces_test.edl": ("Example_Screening.01", SCREENING),
    "edl-cmx3600/nucoda_example.edl": ("Nucoda_Example.01", {"take_1": (86501, 86531), "take_2": (86557, 86606)}),
    "edl-cmx3600/premiere_example.edl": (
        "Premiere_Example.01",
        {"ZZ100_501.take_1": (86501, 86531), "ZZ100_502A.take_2": (86557, 86606)},
    ),
    "edl-cmx3600/screening_example.edl": ("Example_Screening.01", SCREENING),
    "edl-cmx3600/speed_effects_small.edl": (
        "Speed_Effects_Test_2",
        {
            "Z677_4C": (86445, 86570),
            "Z682_156": (86661, 86677),
            "Z682_157_LAY2_FF": (86660, 86660),
            "Z682_157": (86660, 86677),
            "Z686_5A": (86544, 86579),
        },
    ),
    "edl-cmx3600/transition_duration.edl": (
        "TRANSITION_DURATION_",
        {"001": (86703, 86808), "002": (86671, 86744), "003": (86648, 86720), "004": (86673, 86827)},
    ),
    "edl-cmx3600/wipe_test.edl": ("wipe_test", {"clip_A": (86501, 86509), "clip_B": (86600, 86610)}),
    "otio/big_int.otio": ("testdata", {"black": (1, 24)}),
    "otio/clip_example.otio": ("transition_test", {"Clip-001": (3, 5)}),
    "otio/generator_reference_test.otio": ("transition_test", {"C": (0, 49)}),
    "otio/multiple_track.otio": (
        "Figure_3_-_Multiple_",
        {**FIGURE, "Clip-004": (100, 105), "Clip-003": (100, 108), "Clip-005": (100, 108)},
    ),
    "otio/multitrack.otio": (
        "OTIO_TEST_-_multitra",
        {
            "tech.fux_loop_-HD": (0, 719),
            "out-b_loop_-HD": (0, 721),
            "brokchrd_loop_-HD": (0, 719),
            "t-hawk_loop_-HD": (0, 479),
            "KOLL-HD": (0, 639),
        },
    ),
    "otio/preflattened.otio": (
        "OTIO_TEST_-_multitra",
        {
            "tech.fux_loop_-HD": (0, 481),
            "t-hawk_loop_-HD": (0, 479),
            "out-b_loop_-HD": (159, 394),
            "KOLL-HD": (0, 639),
            "brokchrd_loop_-HD": (0, 719),
        },
    ),
    "otio/screening_example.newer_schema.otio": ("Example_Screening.01", SCREENING),
    "otio/screening_example.otio": ("Example_Screening.01", SCREENING),
    "otio/simple_cut.otio": ("Figure_1_-_Simple_Cu", {**FIGURE, "Clip-003": (0, 3), "Clip-004": (100, 105)}),
    "otio/transition.otio": ("Figure_2_-_Transitio", {**FIGURE, "Clip-003": (3, 6), "Clip-004": (100, 105)}),
    "otio/transition_test.otio": ("transition_test", {"A": (0, 49), "B": (0, 49), "C": (0, 49)}),
}
# Names too long for a code, by the line of the clip.
TOO_LONG = {
    "otio/nested_example.otio": [42, 119],
    "otio/premiere_example.otio": [1051],
    "otio/effects.otio": [37, 393, 439, 485, 531, 577, 623, 669, 715, 853, 899, 2252, 2447, 2496, 2545],
}
BROKEN = {
    "edl-cmx3600/timecode_mismatch.edl": (13, "49 frames != 47 frames for clip sq001_s004"),
    "edl-cmx3600/dissolve_test_fail.edl": (5, "Event 001 stands here for the second time"),
}


@pytest.fixture
def show() -> Show:
    return ShowFactory()


def imported(show: Show, folder: Path, name: str, **how: Any) -> Any:
    path = folder / "vfx" / name
    return from_timeline(show, path.read_bytes(), filename=path.name, **how)


@pytest.mark.parametrize("name", EXPECTED)
def test_a_real_cut_makes_its_sequence_and_shots(show: Show, real_files: Path, name: str) -> None:
    sequence, expected = EXPECTED[name]
    answer = imported(show, real_files, name)
    assert (answer["sequence"], answer["failed"]) == (sequence, 0)
    found = show.shots.values_list("sequence__code", "code", "frame_start", "frame_end")
    assert set(found) == {(sequence, code, *frames) for code, frames in expected.items()}


@pytest.mark.parametrize("name", TOO_LONG)
def test_names_that_are_too_long_are_errors_of_their_clips(show: Show, real_files: Path, name: str) -> None:
    answer = imported(show, real_files, name, partial=True)
    assert errors(answer) == [(line, "code", "invalid") for line in TOO_LONG[name]]
    assert answer["created"] == show.shots.count() > 0


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_cut_is_refused_with_the_line(show: Show, real_files: Path, name: str) -> None:
    line, words = BROKEN[name]
    answer = imported(show, real_files, name)
    assert (answer["line"], words in answer["detail"]) == (line, True)


def test_a_long_cut_with_speed_changes_is_read_whole(show: Show, real_files: Path) -> None:
    assert counts(imported(show, real_files, "edl-cmx3600/speed_effects.edl")) == (528, 0, 0, 0)


def test_no_file_is_forgotten(real_files: Path) -> None:
    files = {str(path.relative_to(real_files / "vfx")) for path in (real_files / "vfx").glob("*/*.[eo][dt][li]*")}
    assert files == {*EXPECTED, *TOO_LONG, *BROKEN, "edl-cmx3600/speed_effects.edl"}


def test_a_cut_is_the_same_as_edl_and_as_otio(show: Show, real_files: Path) -> None:
    imported(show, real_files, "otio/screening_example.otio")
    assert counts(imported(show, real_files, "edl-cmx3600/screening_example.edl")) == (0, 0, 9, 0)


@pytest.mark.parametrize("rate", [24.0, 30.0])
def test_a_rate_that_is_given_is_the_only_one_tried(show: Show, real_files: Path, rate: float) -> None:
    assert imported(show, real_files, "edl-cmx3600/25fps.edl")["rate"] == 25.0
    assert imported(show, real_files, "edl-cmx3600/25fps.edl", rate=rate)["line"] == 13
