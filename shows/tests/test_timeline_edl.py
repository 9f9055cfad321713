import pytest

from pipeline.errors import ImportRefused
from shows.services.imports.timeline import Cut, read_timeline

pytestmark = pytest.mark.unit
CUT = "001  AX V C 00:00:00:00 00:00:01:00 00:00:00:00 00:00:01:00\n* FROM CLIP NAME: SH1\n"


def cut(text: str, rate: float | None = None) -> Cut:
    return read_timeline(text, filename="cut.edl", rate=rate)


def clips(text: str) -> list[tuple[int, str, int, int]]:
    return [(row.line, row.code, row.values["frame_start"], row.values["frame_end"]) for row in cut(text).rows]


def test_lines_may_end_in_any_way() -> None:
    assert clips(f"TITLE: x\r\n\r\n{CUT}".replace("\n", "\r")) == [(5, "SH1", 0, 23)]


def test_a_dissolved_clip_begins_where_the_dissolve_does() -> None:
    dissolve = (
        "002  AX V C 00:00:01:00 00:00:01:00 00:00:01:00 00:00:01:00\n"
        "002  BX V D 010 00:00:03:00 00:00:04:00 00:00:01:00 00:00:02:00\n"
        "* FROM CLIP NAME: SH1\n* TO CLIP NAME: SH2\n"
    )
    assert clips(CUT + dissolve) == [(1, "SH1", 0, 23), (3, "SH2", 72, 95)]


def test_a_cut_may_begin_with_a_fade_from_black_and_end_in_one() -> None:
    fades = (
        "001  BL V C 00:00:00:00 00:00:00:00 00:00:00:00 00:00:00:00\n"
        "001  AX V D 024 00:00:01:00 00:00:02:00 00:00:00:00 00:00:01:00\n"
        "* TO CLIP NAME: SH1\n"
        "002  AX V C 00:00:02:00 00:00:02:00 00:00:01:00 00:00:01:00\n"
        "002  BL V D 024 00:00:00:00 00:00:01:00 00:00:01:00 00:00:02:00\n"
    )
    assert clips(fades) == [(1, "SH1", 24, 47)]


def test_a_transition_that_stands_alone_keeps_its_number_for_a_name() -> None:
    assert clips("007  AX V W001 010 00:00:00:00 00:00:01:00 00:00:00:00 00:00:01:00\n") == [(1, "007", 0, 23)]


def test_black_film_is_a_gap() -> None:
    assert clips("001  BL V C 00:00:00:00 00:00:01:00 00:00:00:00 00:00:01:00\n") == []


def test_sound_beside_a_picture_is_left_out() -> None:
    text = (
        "SPLIT:    AUDIO DELAY= 00:00:00:05\n"
        "001  AX V C 00:00:00:00 00:00:01:00 00:00:00:00 00:00:01:00\n"
        "001  AX A C 00:00:00:00 00:00:01:05 00:00:00:00 00:00:01:05\n"
        "* FROM CLIP NAME: SH1\n"
        "002  AX AA/V C 00:00:05:00 00:00:06:00 00:00:02:00 00:00:03:00\n"
        "* FROM CLIP NAME: SH2\n"
    )
    assert clips(text) == [(2, "SH1", 0, 23), (5, "SH2", 120, 143)]


def test_a_speed_change_gives_the_clip_its_length_in_the_cut() -> None:
    text = "001  AX V C 00:00:00:00 00:00:02:00 00:00:00:00 00:00:01:00\nM2   AX       048.0   00:00:00:00\n"
    assert clips(text) == [(1, "001", 0, 23)]


@pytest.mark.parametrize(
    "text",
    [
        "001 AX V C 01:00:59;20 01:01:00;10 00:00:10;00 00:00:10;18\n",
        "FCM: DROP FRAME\n001 AX V C 01:00:59:20 01:01:00:10 00:00:10:00 00:00:10:18\n",
    ],
)
def test_drop_frame_timecodes_are_counted_as_such(text: str) -> None:
    row = cut(text).rows[0]
    assert cut(text).rate == pytest.approx(29.97, abs=0.001)
    assert row.values["frame_end"] - row.values["frame_start"] == 17


@pytest.mark.parametrize(("end", "rate"), [("00:00:00:23", 24.0), ("00:00:00:24", 25.0), ("00:00:00:29", 30.0)])
def test_the_first_rate_that_fits_is_taken(end: str, rate: float) -> None:
    assert cut(f"001 AX V C 00:00:00:00 {end} 00:00:00:00 {end}\n").rate == rate


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("hello", "neither an EDL"),
        ("<?xml version='1.0'?>", "neither an EDL"),
        ("001 AX V C 00:00:00:00", "7 more fields"),
        ("0000000001 AX V C 0 1 0 1", "7 more fields"),
        ("001 AX V X 00:00:00:00 00:00:01:00 00:00:00:00 00:00:01:00", "incorrect edit type X"),
        ("001 AX V K 010 00:00:00:00 00:00:01:00 00:00:00:00 00:00:01:00", "'K' is no transition"),
        ("001 AX V C 00:00:00 00:00:01:00 00:00:00:00 00:00:01:00", "'00:00:00' is no timecode"),
        ("001 AX V C 00:00:00:70 00:00:01:00 00:00:00:00 00:00:01:00", "frames beyond"),
        ("001 AX V C 00:00:00:00 00:00:01:00 00:00:00:00 00:00:01:12", "24 frames != 36 frames"),
        ("001 AX V C 00:00:00:00 00:00:01:00 00:00:00:00 00:00:01:12\nM2 AX fast", "cannot be read"),
        (f"* {'x' * 1000}", "too long"),
        (f"M2 {'1' * 100}", "too long"),
    ],
)
def test_a_line_that_does_not_hold_is_named(line: str, words: str) -> None:
    with pytest.raises(ImportRefused) as refused:
        cut(f"TITLE: x\n{line}\n")
    assert words in refused.value.detail
    assert refused.value.facts == {"line": 2}


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ("002 AX V D 010 0 24 24 48\n" * 3, "has a transition already"),
        ("002 AX V C 0 24 12 36\n", "Overlapping record"),
    ],
)
def test_events_that_do_not_fit_each_other_are_named(lines: str, words: str) -> None:
    with pytest.raises(ImportRefused, match=words) as refused:
        cut(CUT + lines)
    assert refused.value.facts["line"] == 2 + lines.count("\n")


def test_the_error_of_the_rate_that_got_furthest_is_told() -> None:
    with pytest.raises(ImportRefused, match=r"Line 3: .*25 frames != 30 frames"):
        cut(CUT.replace("01:00", "00:24") + "002 AX V C 0 25 100 130\n")


def test_more_events_than_a_film_has_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shows.services.imports.edl_events.MOST_EVENTS", 1)
    with pytest.raises(ImportRefused, match="more than 1 events"):
        cut(f"{CUT}{CUT.replace('001', '002')}")
