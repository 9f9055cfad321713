from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from config.accounts.models import User
from crew.models import CrewMember, Role
from crew.services.imports.from_csv import import_crew
from crew.tests.factories import BookingFactory, CrewMemberFactory, ProductionFactory, RoleFactory, days
from pipeline.errors import NotAllowed, Refusal
from pipeline.services import Actor
from pipeline.tables import lines

pytestmark = pytest.mark.django_db
HEADER = "full_name,role,department,hire_date,fire_date,email"


def imported(text: str, by: Actor, mode: str = "create", **how: Any) -> dict[str, Any]:
    """The answer of an import, or of its refusal."""
    try:
        return import_crew(file=BytesIO(text.encode()), by=by, mode=mode, **how)  # type: ignore[arg-type]
    except NotAllowed:
        raise
    except Refusal as refusal:
        return refusal.facts | {"detail": refusal.detail}


def counts(answer: dict[str, Any]) -> tuple[int, ...]:
    return tuple(answer[name] for name in ("created", "updated", "unchanged", "failed"))


def errors(answer: dict[str, Any]) -> list[tuple[int, str, str]]:
    return [(row["line"], error["field"], error["code"]) for row in answer["rows"] for error in row["errors"]]


def people() -> list[tuple[str, str, str]]:
    return list(CrewMember.objects.order_by("pk").values_list("full_name", "role__name", "role__department"))


def test_people_are_hired_and_their_roles_made(coordinator: User) -> None:
    answer = imported(
        f"{HEADER}\nAda,Editor,Editorial,2030-01-01,2030-12-31,ada@x.test\nBen,editor,,2030-01-01,,", coordinator
    )
    assert counts(answer) == (2, 0, 0, 0)
    assert people() == [("Ada", "Editor", "Editorial"), ("Ben", "Editor", "Editorial")]
    assert [person.fire_date for person in CrewMember.objects.order_by("pk")] == [date(2030, 12, 31), None]
    assert [row["name"] for row in answer["rows"]] == ["Ada", "Ben"]


def test_one_name_of_two_departments_becomes_two_roles(coordinator: User) -> None:
    imported(f"{HEADER}\nAda,Coordinator,VFX,2030-01-01,,\nBen,Coordinator,Camera,2030-01-01,,", coordinator)
    assert people() == [("Ada", "Coordinator (VFX)", "VFX"), ("Ben", "Coordinator (Camera)", "Camera")]


def test_the_name_of_a_role_of_another_department_tells_its_own(coordinator: User) -> None:
    RoleFactory(name="Coordinator", department="VFX")
    table = f"{HEADER}\nAda,Coordinator,vfx,2030-01-01,,\nBen,Coordinator,Camera,2030-01-01,,"
    imported(table, coordinator)
    assert people() == [("Ada", "Coordinator", "VFX"), ("Ben", "Coordinator (Camera)", "Camera")]
    assert counts(imported(table, coordinator, "upsert")) == (0, 0, 2, 0)
    assert Role.objects.count() == 2


def test_what_is_exported_imports_again_unchanged(producer: User) -> None:
    CrewMemberFactory(
        full_name='=Ada, "x"', email="a@b.test", day_rate="410.50", employment=days(date(2020, 1, 1), date(2030, 1, 1))
    )
    CrewMemberFactory(full_name="Ben", role=RoleFactory(name="Coordinator (Camera)", department="Camera"))
    CrewMemberFactory.create_batch(2, full_name="Cleo", role=RoleFactory(name="-Runner"))
    rows = CrewMember.objects.order_by("pk").as_csv_rows(rates=True)
    table = "".join(lines(rows, [*rows.query.values_select, *rows.query.annotation_select]))
    versions = list(CrewMember.objects.order_by("pk").values_list("pk", "row_version"))
    answer = imported(table, producer, "update")
    assert (counts(answer), answer["ignored_columns"]) == ((0, 0, 4, 0), [])
    assert list(CrewMember.objects.order_by("pk").values_list("pk", "row_version")) == versions


def test_a_row_changes_whom_its_id_names_and_else_whoever_has_its_name_and_first_day(producer: User) -> None:
    ada, ben = CrewMemberFactory(full_name="Ada"), CrewMemberFactory(full_name="Ben")
    table = f"id,full_name,hire_date,email,day_rate\n{ada.pk},Ada Byron,,a@b.test,10\n,ben,2020-01-01,b@b.test,"
    assert counts(imported(table, producer, "update")) == (0, 2, 0, 0)
    found = CrewMember.objects.order_by("pk").values_list("pk", "full_name", "email")
    assert list(found) == [(ada.pk, "Ada Byron", "a@b.test"), (ben.pk, "ben", "b@b.test")]


def test_an_empty_cell_opens_a_contract_and_leaves_the_role(coordinator: User) -> None:
    person = CrewMemberFactory(full_name="Ada", employment=days(date(2020, 1, 1), date(2030, 1, 1)))
    imported(f"{HEADER}\nAda,,,2020-01-01,,", coordinator, "update")
    changed = CrewMember.objects.get()
    assert (changed.fire_date, changed.role) == (None, person.role)


@pytest.mark.parametrize(
    ("row", "field", "code"),
    [
        (",Editor,,2030-01-01,,", "full_name", "blank"),
        ("Eve,,,2030-01-01,,", "role", "blank"),
        ("Eve,Editor,,,,", "hire_date", "blank"),
        ("Eve,Pilot,,2030-01-01,,", "department", "blank"),
        ("Eve,Editor,,01/02/2030,,", "hire_date", "invalid"),
        ("Eve,Editor,,2030-02-30,,", "hire_date", "invalid"),
        ("Eve,Editor,,2030-01-02,2030-01-01,", "fire_date", "invalid"),
        ("Eve,Editor,,2030-01-01,,eve", "email", "invalid"),
        ("Eve,Editor,,2030-01-01,", "row", "invalid"),
        (f"{'E' * 201},Editor,,2030-01-01,,", "full_name", "max_length"),
        (f"Eve,Editor,{'D' * 100},2030-01-01,,", "role", "invalid"),
        ("Ada,Editor,,2020-01-01,,", "full_name", "already_exists"),
        ("Ben,Editor,,2030-01-01,,", "full_name", "repeated"),
    ],
)
def test_a_row_that_makes_no_sense_is_refused_and_nothing_written(
    row: str, field: str, code: str, coordinator: User
) -> None:
    CrewMemberFactory(full_name="Ada", role=RoleFactory(name="Editor", department="Editorial"))
    answer = imported(f"{HEADER}\nBen,Editor,,2030-01-01,,\n{row}", coordinator)
    assert (errors(answer), counts(answer)) == ([(3, field, code)], (1, 0, 0, 1))
    assert CrewMember.objects.count() == 1


def test_the_good_rows_are_written_when_that_is_wanted(coordinator: User) -> None:
    table = f"{HEADER}\nAda,Editor,Editorial,2030-01-01,,\nBen,Pilot,Air,x,,"
    answer = imported(table, coordinator, partial=True)
    assert (counts(answer), people()) == ((1, 0, 0, 1), [("Ada", "Editor", "Editorial")])
    assert not Role.objects.filter(name="Pilot").exists()


def test_a_dry_run_answers_the_same_and_writes_nothing(coordinator: User) -> None:
    table = f"{HEADER}\nAda,Editor,Editorial,2030-01-01,,"
    rehearsed, done = imported(table, coordinator, dry_run=True), imported(table, coordinator)
    assert rehearsed | {"dry_run": False} == done
    assert (CrewMember.objects.count(), Role.objects.count()) == (1, 1)


def test_a_contract_that_bookings_need_stays(coordinator: User) -> None:
    person = CrewMemberFactory(full_name="Ada")
    BookingFactory(crew_member=person, production=ProductionFactory(period=days(date(2030, 1, 1), date(2030, 1, 9))))
    answer = imported(f"{HEADER}\nAda,,,2020-01-01,2030-01-08,", coordinator, "update")
    assert errors(answer) == [(2, "fire_date", "contract_still_needed")]
    assert "2030-01-01 and 2030-01-09" in answer["rows"][0]["errors"][0]["message"]
    assert counts(imported(f"{HEADER}\nAda,,,2020-01-01,2030-01-09,", coordinator, "update")) == (0, 1, 0, 0)


@pytest.mark.parametrize(
    ("mode", "row", "error"),
    [
        ("update", ",Eve,2030-01-01", ("full_name", "unknown")),
        ("upsert", "987654321,Eve,2030-01-01", ("id", "unknown")),
        ("upsert", "x,Eve,2030-01-01", ("id", "invalid")),
        ("update", ",Ada,2020-01-01", ("full_name", "ambiguous")),
    ],
)
def test_nobody_is_changed_who_cannot_be_told(mode: str, row: str, error: tuple[str, str], coordinator: User) -> None:
    CrewMemberFactory.create_batch(2, full_name="Ada")
    answer = imported(f"id,full_name,hire_date\n{row}", coordinator, mode)
    assert error in [found[1:] for found in errors(answer)]


@pytest.mark.security
def test_a_coordinator_imports_no_day_rates(coordinator: User) -> None:
    with pytest.raises(NotAllowed) as refused:
        imported("full_name,day_rate\nAda,1", coordinator, "upsert")
    assert refused.value.field == "day_rate"


@pytest.mark.security
def test_a_supervisor_imports_nobody(supervisor: User) -> None:
    with pytest.raises(NotAllowed):
        imported(HEADER, supervisor)


@pytest.mark.performance
def test_an_import_asks_as_many_questions_for_ten_rows_as_for_fifty(coordinator: User) -> None:
    asked = []
    for number in (1, 10, 50):
        rows = "\n".join(f"P{number}-{n},Role {number},Dept,2030-01-01,," for n in range(number))
        with CaptureQueriesContext(connection) as queries:
            assert counts(imported(f"{HEADER}\n{rows}", coordinator))[0] == number
        asked.append(len(queries))
    # The first one asks for the caller's rights besides.
    assert asked[1] == asked[2]
