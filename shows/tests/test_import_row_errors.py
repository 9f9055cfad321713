import pytest

from crew.tests.factories import CrewMemberFactory
from shows.models import Shot
from shows.tests.factories import SequenceFactory, ShotFactory
from shows.tests.importing import Person, counts, errors, from_csv, shots

pytestmark = pytest.mark.django_db
HEADER = "sequence,code,status,assigned_to,frame_start,frame_end,head_handle,tail_handle,description"
WITHOUT_STATUS_RIGHTS = Person(lacks=("shows.change_shot", "shows.set_shot_status"))


@pytest.fixture
def shot() -> Shot:
    return ShotFactory(sequence=SequenceFactory(code="SQ010"), code="SH0010")


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (",SH,,,,,,,", ("sequence", "blank")),
        ("SQ, ,,,,,,,", ("code", "blank")),
        ("S Q,SH,,,,,,,", ("sequence", "invalid")),
        ("SQ,SHOT_0010_AND_SO_ON_1,,,,,,,", ("code", "invalid")),
        ("SQ,SH,Final,,,,,,", ("status", "invalid")),
        ("SQ,SH,,987654321,,,,,", ("assigned_to", "does_not_exist")),
        ("SQ,SH,,Ada,,,,,", ("assigned_to", "invalid")),
        ("SQ,SH,,9223372036854775808,,,,,", ("assigned_to", "invalid")),
        ("SQ,SH,,,1001.0,,,,", ("frame_start", "invalid")),
        ("SQ,SH,,,,2147483648,,,", ("frame_end", "invalid")),
        ("SQ,SH,,,-2147483649,,,,", ("frame_start", "invalid")),
        ("SQ,SH,,,٣,,,,", ("frame_start", "invalid")),
        ("SQ,SH,,,1001,1000,,,", ("frame_end", "invalid")),
        ("SQ,SH,,,1101,,,,", ("frame_end", "invalid")),
        ("SQ,SH,,,,,-1,,", ("head_handle", "invalid")),
        ("SQ,SH,,,,,,x,", ("tail_handle", "invalid")),
        (f"SQ,SH,,,,,,,{'x' * 5001}", ("description", "invalid")),
        ("SQ,SH,,,,,,,,", ("row", "invalid")),
        ("SQ,SH", ("row", "invalid")),
        ("SQ,SH,,,,,,,a,b", ("row", "invalid")),
    ],
)
def test_a_cell_that_does_not_hold_is_an_error_of_its_row(shot: Shot, cells: str, expected: tuple[str, str]) -> None:
    answer = from_csv(shot.show, f"{HEADER}\nSQ,0,,,,,,,\n{cells}\n", "upsert")
    assert errors(answer) == [(3, *expected)]
    assert (counts(answer), Shot.objects.count()) == ((1, 0, 0, 1), 1)


def test_all_errors_of_a_row_are_told_at_once(shot: Shot) -> None:
    answer = from_csv(shot.show, f"{HEADER}\nS Q,S H,done,Ada,a,b,c,d,\n")
    assert [field for _, field, _ in errors(answer)] == HEADER.split(",")[:-1]


def test_frames_are_compared_with_those_that_stay(shot: Shot) -> None:
    answer = from_csv(shot.show, "sequence,code,frame_start\nSQ010,SH0010,1101\n", "update")
    assert errors(answer) == [(2, "frame_end", "invalid")]


def test_the_second_row_of_a_shot_is_an_error_regardless_of_case(shot: Shot) -> None:
    answer = from_csv(shot.show, "sequence,code\nSQ,SH1\nSQ,SH2\nsq,sh1\n")
    assert errors(answer) == [(4, "code", "repeated")]
    assert "line 2" in answer["rows"][2]["errors"][0]["message"]


@pytest.mark.parametrize("mode", ["create", "update", "upsert"])
@pytest.mark.parametrize("code", ["SH10", "sh010", "SH00010"])
def test_a_code_that_lost_its_leading_zeros_is_an_error(shot: Shot, mode: str, code: str) -> None:
    answer = from_csv(shot.show, f"sequence,code\nSQ010,{code}\n", mode)
    assert errors(answer) == [(2, "code", "leading_zeros")]
    assert "SH0010" in answer["rows"][0]["errors"][0]["message"]


def test_a_sequence_that_lost_its_leading_zeros_is_an_error(shot: Shot) -> None:
    assert errors(from_csv(shot.show, "sequence,code\nSQ10,SH0010\n")) == [(2, "sequence", "leading_zeros")]


def test_codes_that_differ_by_leading_zeros_may_stand_in_one_show(shot: Shot) -> None:
    ShotFactory(sequence=shot.sequence, code="SH10")
    assert counts(from_csv(shot.show, "sequence,code\nSQ010,SH10\nSQ010,SH0010\n", "upsert")) == (0, 0, 2, 0)


def test_codes_are_text(shot: Shot) -> None:
    from_csv(shot.show, "sequence,code\n010,0010\n010,00100\n010,1E3\n")
    assert [code for _, code, _, _ in shots(shot.show)][1:] == ["0010", "00100", "1E3"]


def test_a_status_that_the_caller_may_not_set_is_an_error(shot: Shot) -> None:
    text = "sequence,code,status\nSQ010,SH0010,pending\nSQ010,SH0020,pending\nSQ010,SH0030,final\n"
    assert errors(from_csv(shot.show, text, "upsert", by=WITHOUT_STATUS_RIGHTS)) == [
        (4, "status", "status_not_allowed")
    ]


def test_a_person_who_is_there_may_be_named(shot: Shot) -> None:
    from_csv(shot.show, f"sequence,code,assigned_to\nSQ010,SH0010,{CrewMemberFactory().pk}\n", "update")
    assert Shot.objects.get().assigned_to is not None
