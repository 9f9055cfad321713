import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shows.services.imports.codes import is_code, sequence_code, shot_code, without_leading_zeros

pytestmark = pytest.mark.unit

NAMES = st.text(st.sampled_from("aZ09_.- ()[]/é#\t"), max_size=40)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("ZZ100_501 (LAY3)", "ZZ100_501"),
        ("Z686_5A (LAY2) (47.56 FPS)", "Z686_5A"),
        ("SH010 (a (b)) [c]", "SH010"),
        ("SH010 (open", "SH010_open"),
        ("SH010) x)", "SH010_x"),
        ("(LAY3)", ""),
        ("ZZ100_501.take_1.0001.exr", "ZZ100_501.take_1"),
        ("ZZ100_501.0001.exr (LAY3)", "ZZ100_501"),
        ("Clip_A.mov", "Clip_A"),
        ("Panel 3.3.5.png", "Panel_3.3"),
        ("reel.R3D", "reel"),
        ("tech.fux (loop)-HD.mp4", "tech.fux_loop_-HD"),
        ("Example_Screening.01", "Example_Screening.01"),
        ("SQ01.SH010", "SQ01.SH010"),
        ("ZZ100_501.LAY3", "ZZ100_501.LAY3"),
        ("_bar.png", "bar"),
        ("  é SH 010 é ", "SH_010"),
        ("0010", "0010"),
        ("", ""),
    ],
)
def test_a_clips_name_holds_the_code_of_its_shot(name: str, code: str) -> None:
    assert shot_code(name) == code


@given(NAMES)
def test_a_shots_code_has_legal_characters_only_and_no_underscore_at_its_ends(name: str) -> None:
    assert re.fullmatch(r"(?!_)[A-Za-z0-9_.\-]*(?<!_)", shot_code(name))


@given(st.from_regex(r"[A-Z]{2}[0-9]{1,4}", fullmatch=True), st.lists(st.from_regex(r" ?\([a-z ]*\)", fullmatch=True)))
def test_brackets_extension_and_frame_number_never_change_the_code(code: str, brackets: list[str]) -> None:
    assert shot_code(f"{code}.1001.exr{''.join(brackets)}") == code


@given(NAMES)
def test_a_timelines_name_makes_a_code_unless_it_is_empty(name: str) -> None:
    assert is_code(sequence_code(name)) is bool(name)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Example_Screening.01", "Example_Screening.01"),
        ("Figure 3 - Multiple Tracks", "Figure_3_-_Multiple_"),
        (" cut (v2).mov ", "_cut_v2_.mov_"),
    ],
)
def test_nothing_is_taken_off_a_timelines_name_but_what_is_beyond_20(name: str, code: str) -> None:
    assert sequence_code(name) == code


@pytest.mark.parametrize(("code", "other"), [("SH0010", "sh10"), ("0010", "10"), ("a00_01", "A0_1"), ("00", "0")])
def test_codes_that_differ_by_leading_zeros_are_alike(code: str, other: str) -> None:
    assert without_leading_zeros(code) == without_leading_zeros(other)


@pytest.mark.parametrize(("code", "other"), [("100", "10"), ("SH10", "SH1"), ("1.5", "1.50"), ("A0B", "AB")])
def test_other_zeros_tell_codes_apart(code: str, other: str) -> None:
    assert without_leading_zeros(code) != without_leading_zeros(other)


@pytest.mark.parametrize("text", ["", "a" * 21, "SH 010", "SHé", "SH010\n", "\uff33\uff28"])
def test_what_is_no_code_is_known(text: str) -> None:
    assert not is_code(text)
