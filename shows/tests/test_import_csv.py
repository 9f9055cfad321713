from io import BytesIO

import pytest

from crew.tests.factories import CrewMemberFactory
from pipeline.errors import NotAllowed
from shows.models import Change, Sequence, Shot, Show
from shows.services.imports.from_csv import import_shots
from shows.tests.factories import SequenceFactory, ShotFactory, ShowFactory
from shows.tests.importing import Person, counts, errors, from_csv, shots

pytestmark = pytest.mark.django_db


@pytest.fixture
def show() -> Show:
    return ShowFactory()


@pytest.fixture
def shot(show: Show) -> Shot:
    return ShotFactory(sequence=SequenceFactory(show=show, code="SQ010"), code="SH0010", description="as it was")


def test_shots_and_missing_sequences_are_created(show: Show, shot: Shot) -> None:
    assert counts(from_csv(show, "sequence,code\nsq010,0010\nSQ020,0010\nsq020,0020\n")) == (3, 0, 0, 0)
    assert [row[:2] for row in shots(show)] == [
        *[("SQ010", "SH0010"), ("SQ010", "0010")],
        *[("SQ020", "0010"), ("SQ020", "0020")],
    ]


def test_a_new_shot_has_what_its_cells_say(show: Show) -> None:
    person = CrewMemberFactory()
    header = "sequence,code,status,assigned_to,frame_start,frame_end,description,head_handle,tail_handle\n"
    from_csv(show, f'{header}SQ,0010,review,{person.pk},-5,+5,"a,\nb",8,4\n')
    shot = Shot.objects.get()
    assert (shot.sequence.code, shot.code, shot.status, shot.assigned_to) == ("SQ", "0010", "review", person)
    assert (shot.frame_start, shot.frame_end, shot.head_handle, shot.tail_handle) == (-5, 5, 8, 4)
    assert (shot.description, shot.show) == ("a,\nb", show)


def test_empty_cells_of_a_new_shot_are_its_defaults(show: Show) -> None:
    from_csv(show, "sequence,code,status,assigned_to,frame_start,frame_end,description\nSQ,SH,,,,,\n")
    shot = Shot.objects.get()
    assert (shot.status, shot.assigned_to, shot.description) == ("pending", None, "")
    assert (shot.frame_start, shot.frame_end) == (1001, 1100)


def test_rows_answer_with_line_action_code_and_errors(show: Show) -> None:
    answer = from_csv(show, 'code,sequence,colour\nSH1,SQ,"a\nb"\nSH2,SQ,x\n')
    assert answer == {
        "dry_run": False,
        "created": 2,
        "updated": 0,
        "unchanged": 0,
        "failed": 0,
        "ignored_columns": ["colour"],
        "rows": [
            {"line": 2, "action": "created", "code": "SH1", "errors": []},
            {"line": 4, "action": "created", "code": "SH2", "errors": []},
        ],
    }


def test_a_header_alone_changes_nothing(show: Show) -> None:
    assert counts(from_csv(show, "sequence,code\n")) == (0, 0, 0, 0)


def test_create_refuses_a_shot_that_is_there_regardless_of_case(show: Show, shot: Shot) -> None:
    assert errors(from_csv(show, "sequence,code\nsq010,sh0010\n")) == [(2, "code", "already_exists")]


def test_update_makes_no_shot_and_no_sequence(show: Show, shot: Shot) -> None:
    answer = from_csv(show, "sequence,code\nSQ010,SH0020\nSQ020,SH0010\n", "update")
    assert errors(answer) == [(2, "code", "unknown"), (3, "sequence", "unknown")]


def test_upsert_creates_updates_and_leaves_alone(show: Show, shot: Shot) -> None:
    ShotFactory(sequence=shot.sequence, code="SH0030")
    text = "sequence,code,frame_end\nSQ010,SH0010,1200\nSQ010,SH0020,1100\nSQ010,SH0030,1100\n"
    assert counts(from_csv(show, text, "upsert")) == (1, 1, 1, 0)


def test_columns_that_are_absent_are_left_alone(show: Show, shot: Shot) -> None:
    from_csv(show, "sequence,code,status\nSQ010,SH0010,final\n", "update")
    shot.refresh_from_db()
    assert (shot.status, shot.description, shot.frame_end) == ("final", "as it was", 1100)


def test_an_empty_cell_empties_a_description_and_an_assignment_only(show: Show, shot: Shot) -> None:
    Shot.objects.update(assigned_to=CrewMemberFactory(), status="final", frame_end=1200, head_handle=8)
    from_csv(
        show,
        "sequence,code,status,assigned_to,frame_end,description,head_handle\nSQ010,SH0010,,,,,\n",
        "update",
    )
    shot.refresh_from_db()
    assert (shot.description, shot.assigned_to) == ("", None)
    assert (shot.status, shot.frame_end, shot.head_handle) == ("final", 1200, 8)


def test_changes_are_kept_with_who_imported(show: Show, shot: Shot) -> None:
    from_csv(show, "sequence,code,status\nSQ010,SH0010,final\n", "update")
    change = Change.objects.get()
    assert (change.field, change.from_value, change.to_value) == ("status", "pending", "final")
    assert (change.by_name, change.reason) == ("Cora Coordinator", "CSV import")


def test_what_does_not_change_is_not_written(show: Show, shot: Shot) -> None:
    assert counts(from_csv(show, "sequence,code,status\nSQ010,SH0010,pending\n", "upsert")) == (0, 0, 1, 0)
    assert (Change.objects.count(), Shot.objects.get().row_version) == (0, 1)


def test_a_dry_run_says_what_would_be_done_and_does_nothing(show: Show, shot: Shot) -> None:
    text = "sequence,code,status\nSQ010,SH0010,final\nSQ020,SH0010,final\n"
    answer = from_csv(show, text, "upsert", dry_run=True)
    assert (answer["dry_run"], counts(answer)) == (True, (1, 1, 0, 0))
    assert (Shot.objects.get().status, Sequence.objects.count()) == ("pending", 1)


def test_one_bad_row_keeps_all_from_being_written(show: Show) -> None:
    answer = from_csv(show, "sequence,code,status\nSQ,SH1,pending\nSQ,SH2,done\n")
    assert counts(answer) == (1, 0, 0, 1)
    assert "1 of 2 rows have errors" in answer["detail"]
    assert (Shot.objects.count(), Sequence.objects.count()) == (0, 0)


def test_a_partial_import_writes_the_good_rows_and_their_sequences_only(show: Show) -> None:
    answer = from_csv(show, "sequence,code,status\nSQ1,SH1,pending\nSQ2,SH2,done\n", partial=True)
    assert (counts(answer), shots(show)) == ((1, 0, 0, 1), [("SQ1", "SH1", 1001, 1100)])
    assert Sequence.objects.get().code == "SQ1"


def test_a_partial_dry_run_writes_nothing(show: Show) -> None:
    answer = from_csv(show, "sequence,code,status\nSQ1,SH1,pending\nSQ2,SH2,done\n", partial=True, dry_run=True)
    assert (counts(answer), Shot.objects.count()) == ((1, 0, 0, 1), 0)


def test_another_shows_codes_do_not_matter(show: Show, shot: Shot) -> None:
    other = ShowFactory()
    assert counts(from_csv(other, "sequence,code\nSQ010,SH10\n")) == (1, 0, 0, 0)


def test_an_unknown_show_is_not_found(show: Show) -> None:
    show.pk = 987654321
    with pytest.raises(Show.DoesNotExist):
        from_csv(show, "sequence,code\nSQ,SH\n")


def test_the_right_to_import_is_asked_for_again(show: Show) -> None:
    with pytest.raises(NotAllowed):
        import_shots(show.pk, file=BytesIO(b"sequence,code\nSQ,SH\n"), by=Person(lacks=("shows.import_shots",)))
