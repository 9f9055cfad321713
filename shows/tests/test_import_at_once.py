"""Large imports, and several of them at the same time."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import IntegrityError, OperationalError, connection
from django.test.utils import CaptureQueriesContext

from crew.models import CrewMember
from crew.tests.factories import CrewMemberFactory
from shows.models import Shot, Show
from shows.services.imports import writing
from shows.tests.factories import SequenceFactory, ShotFactory, ShowFactory
from shows.tests.importing import counts, from_csv

AT_ONCE = 6


def table(numbers: range, status: str, person: CrewMember) -> str:
    rows = [f"SQ{number % 3},SH{number:05d},{status},{person.pk}\n" for number in numbers]
    return "".join(["sequence,code,status,assigned_to\n", *rows])


def statements(show: Show, text: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert from_csv(show, text, "upsert")["failed"] == 0
    return len(captured)


@pytest.mark.performance
@pytest.mark.django_db
def test_two_thousand_rows_cost_as_many_statements_as_ten() -> None:
    person = CrewMemberFactory()
    counted = []
    for number in (10, 2000):
        show = ShowFactory()
        from_csv(show, table(range(number // 2), "pending", person))
        counted.append(statements(show, table(range(number), "final", person)))
    assert counted[0] == counted[1] <= 16


def import_in_thread(show: Show, text: str, mode: str) -> Any:
    try:
        return from_csv(show, text, mode)
    finally:
        connection.close()


def at_once(show: Show, mode: str) -> list[dict[str, Any]]:
    text = "sequence,code\n" + "".join(f"SQ{number % 3},SH{number:03d}\n" for number in range(60))
    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(lambda _: import_in_thread(show, text, mode), range(AT_ONCE)))


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_of_imports_of_one_file_at_once_one_creates_and_the_others_find_it_done() -> None:
    answers = at_once(ShowFactory(), "upsert")
    assert sorted(counts(answer) for answer in answers) == [(0, 0, 60, 0)] * (AT_ONCE - 1) + [(60, 0, 0, 0)]
    assert Shot.objects.count() == 60


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_of_creating_imports_of_one_file_at_once_the_others_are_told_row_by_row() -> None:
    answers = at_once(ShowFactory(), "create")
    assert sorted(counts(answer) for answer in answers) == [(0, 0, 0, 60)] * (AT_ONCE - 1) + [(60, 0, 0, 0)]


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_without_the_lock_imports_at_once_collide_and_say_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(type(Show.objects.all()), "locked", lambda self: self)
    answers = at_once(ShowFactory(), "upsert")
    assert any("Somebody changed the same shots" in answer.get("detail", "") for answer in answers)
    assert Shot.objects.count() == 60


def deadlock(plan: writing.Plan) -> None:
    error = OperationalError("deadlock detected")
    error.__cause__ = Exception()
    error.__cause__.sqlstate = "40P01"  # type: ignore[attr-defined]
    raise error


def broken_connection(plan: writing.Plan) -> None:
    raise OperationalError("the connection is closed")


def person_gone(plan: writing.Plan) -> None:
    Shot.objects.update(assigned_to=987654321)
    connection.check_constraints()


@pytest.mark.django_db
@pytest.mark.parametrize("fault", [deadlock, person_gone])
def test_what_others_wrote_meanwhile_is_a_named_refusal(
    monkeypatch: pytest.MonkeyPatch, fault: Callable[[writing.Plan], None]
) -> None:
    shot = ShotFactory(sequence=SequenceFactory(code="SQ"), code="SH2")
    monkeypatch.setattr(writing, "write", fault)
    answer = from_csv(shot.show, "sequence,code\nSQ,SH1\n")
    assert answer["detail"].startswith("Somebody changed the same shots")


@pytest.mark.django_db
def test_a_broken_connection_stays_what_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "write", broken_connection)
    with pytest.raises(OperationalError):
        from_csv(ShowFactory(), "sequence,code\nSQ,SH1\n")


@pytest.mark.django_db
def test_a_shot_that_another_door_created_meanwhile_is_a_named_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    shot = ShotFactory(sequence=SequenceFactory(code="SQ"), code="SH1")
    monkeypatch.setattr("shows.services.imports.stored.codes_in", lambda sequences: {})
    assert "Somebody changed the same shots" in from_csv(shot.show, "sequence,code\nSQ,SH1\n")["detail"]
    with pytest.raises(IntegrityError):
        ShotFactory(sequence=shot.sequence, code="SH1")
