"""What a refused production is told: who is busy with what, and when it would work."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
import time_machine

from config.accounts.models import User
from crew.errors import CrewUnavailable
from crew.models import CrewMember, Role
from crew.querysets import conflicts
from crew.services import bookings
from crew.tests.factories import CrewMemberFactory
from crew.tests.jobs import booked, may, off, people, schedule

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def spring() -> Iterator[None]:
    with time_machine.travel(date(2030, 4, 1), tick=False):
        yield


def refused(by: User, first: int, last: int, requirements: dict[str, int]) -> dict[str, Any]:
    with pytest.raises(CrewUnavailable) as refusal:
        schedule(by, first, last, requirements)
    return refusal.value.facts


def starts(facts: dict[str, Any]) -> list[tuple[int, int]]:
    return [(window["start"].month, window["start"].day) for window in facts["windows"]]


def test_it_names_who_is_busy_with_what_and_until_when(coordinator: User, director: Role) -> None:
    booking = booked(people(director, "Dora")[0], 10, 20, "Day Train")
    short = refused(coordinator, 6, 17, {"Director": 2})["shortages"][0]
    assert (short["role"], short["required"], short["available"]) == ("Director", 2, 0)
    assert short["busy"] == [
        {
            "crew_member": {"id": booking.crew_member_id, "full_name": "Dora"},
            "production": {"id": booking.production_id, "title": "Day Train"},
            "start": date(2030, 5, 10),
            "end": date(2030, 5, 20),
        }
    ]


def test_roles_that_suffice_are_no_shortage(coordinator: User, director: Role, actor: Role) -> None:
    people(director, "Dora")
    shortages = refused(coordinator, 6, 17, {"Director": 1, "Actor": 1})["shortages"]
    assert [short["role"] for short in shortages] == ["Actor"]


def test_time_off_is_told_without_a_production(coordinator: User, director: Role) -> None:
    off(coordinator, people(director, "Dora")[0], 17, 17)
    short = refused(coordinator, 6, 17, {"Director": 1})["shortages"][0]
    assert short["busy"][0]["production"] is None


def test_people_who_are_not_under_contract_then_are_counted(coordinator: User, director: Role) -> None:
    people(director, "Dora", "Dan", employment=may(1, 10))
    short = refused(coordinator, 6, 17, {"Director": 1})["shortages"][0]
    assert (short["outside_contract"], short["busy_count"]) == (2, 0)


def test_no_more_than_fifty_are_named_and_all_are_counted(
    coordinator: User, director: Role, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(conflicts, "MOST_NAMED", 3)
    for member in CrewMemberFactory.create_batch(5, role=director):
        off(coordinator, member, 6, 6)
    short = refused(coordinator, 6, 17, {"Director": 1})["shortages"][0]
    assert (len(short["busy"]), short["busy_count"]) == (3, 5)


def test_the_windows_are_the_nearest_in_which_it_would_work(coordinator: User, director: Role) -> None:
    booked(people(director, "Dora")[0], 10, 14)
    facts = refused(coordinator, 8, 12, {"Director": 1})
    assert starts(facts) == [(5, 5), (5, 15), (4, 30), (5, 20), (4, 25)]


def test_each_window_is_exactly_as_long_as_what_was_asked(coordinator: User, director: Role) -> None:
    booked(people(director, "Dora")[0], 10, 14)
    windows = refused(coordinator, 8, 12, {"Director": 1})["windows"]
    assert {(window["end"] - window["start"]).days for window in windows} == {4}


def test_every_window_can_be_scheduled(coordinator: User, director: Role, actor: Role) -> None:
    dora, _ = people(director, "Dora", "Dan")
    people(actor, "Ada", employment=may(1, 24))
    booked(dora, 10, 14)
    for window in refused(coordinator, 8, 12, {"Director": 2, "Actor": 1})["windows"]:
        schedule(coordinator, window["start"].day, window["end"].day, {"Director": 2, "Actor": 1}, dry_run=True)


def test_no_window_lies_in_the_past(coordinator: User, director: Role) -> None:
    booked(people(director, "Dora")[0], 10, 14)
    with time_machine.travel(date(2030, 5, 7), tick=False):
        assert starts(refused(coordinator, 8, 12, {"Director": 1}))[0] == (5, 15)


def test_who_plans_in_the_past_is_told_of_windows_in_the_past(coordinator: User, director: Role) -> None:
    booked(people(director, "Dora")[0], 10, 14)
    with time_machine.travel(date(2031, 1, 1), tick=False):
        assert starts(refused(coordinator, 8, 12, {"Director": 1}))[0] == (5, 5)


def test_where_there_are_never_enough_people_there_is_no_window(coordinator: User, director: Role) -> None:
    people(director, "Dora")
    facts = refused(coordinator, 6, 17, {"Director": 2})
    assert (facts["windows"], facts["shortages"][0]["available"]) == ([], 1)


def test_it_says_in_words_what_is_lacking(coordinator: User, director: Role) -> None:
    people(director, "Dora")
    with pytest.raises(CrewUnavailable, match=r"Director \(1 of 2\).*fewer people"):
        schedule(coordinator, 6, 17, {"Director": 2})


def test_somebody_else_than_asked_is_no_window(coordinator: User, director: Role) -> None:
    dora: CrewMember = people(director, "Dora")[0]
    bookings.book_time_off(dora.pk, by=coordinator, start=date(2029, 1, 1), end=date(2032, 1, 1))
    assert refused(coordinator, 6, 17, {"Director": 1})["windows"] == []
