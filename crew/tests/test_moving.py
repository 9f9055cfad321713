"""New dates of a production: everybody who is booked has to be free then, or is replaced."""

from datetime import date
from typing import Any

import pytest

from config.accounts.models import User
from crew.errors import CrewUnavailable, DatesClash
from crew.models import Booking, Role
from crew.querysets import conflicts
from crew.services import productions
from crew.tests.factories import BookingFactory, CrewMemberFactory, ProductionFactory, days
from crew.tests.jobs import booked, everything, may, move, names, off, people, schedule
from pipeline.errors import StaleVersion

pytestmark = pytest.mark.django_db


def clashes(by: User, production: int, first: int, last: int) -> list[dict[str, Any]]:
    before = everything()
    with pytest.raises(DatesClash) as refused:
        move(by, production, first, last)
    assert everything() == before
    found: list[dict[str, Any]] = refused.value.facts["clashes"]
    return found


def test_the_bookings_move_along(coordinator: User, director: Role) -> None:
    dora = people(director, "Dora")[0]
    written = schedule(coordinator, 6, 17, {"Director": 1})
    move(coordinator, written.pk, 20, 25)
    booking = Booking.objects.get()
    assert (booking.crew_member, booking.period) == (dora, may(20, 25))


def test_a_production_moves_onto_days_that_it_had_already(coordinator: User, director: Role) -> None:
    people(director, "Dora")
    written = schedule(coordinator, 6, 17, {"Director": 1})
    assert names(move(coordinator, written.pk, 10, 20)) == ["Dora"]


def test_one_new_date_leaves_the_other(coordinator: User) -> None:
    production = ProductionFactory(period=may(6, 17))
    row = productions.change_production(production.pk, by=coordinator, end=date(2030, 5, 20)).row
    assert (row["start"], row["end"]) == (date(2030, 5, 6), date(2030, 5, 20))


def test_who_is_booked_elsewhere_then_refuses_the_dates(coordinator: User, director: Role) -> None:
    dora = people(director, "Dora")[0]
    written = schedule(coordinator, 6, 10, {"Director": 1})
    other = booked(dora, 20, 25, "Day Train")
    clash = clashes(coordinator, written.pk, 8, 20)[0]
    assert clash == {
        "crew_member": {"id": dora.pk, "full_name": "Dora"},
        "production": {"id": other.production_id, "title": "Day Train"},
        "start": date(2030, 5, 20), "end": date(2030, 5, 25), "reason": "booked", "stand_ins": [],
    }  # fmt: skip


def test_who_is_off_then_refuses_the_dates(coordinator: User, director: Role) -> None:
    dora = people(director, "Dora")[0]
    written = schedule(coordinator, 6, 10, {"Director": 1})
    off(coordinator, dora, 11, 11)
    clash = clashes(coordinator, written.pk, 6, 11)[0]
    assert (clash["reason"], clash["production"], clash["start"]) == ("time_off", None, date(2030, 5, 11))


def test_who_is_not_under_contract_then_refuses_the_dates(coordinator: User, director: Role) -> None:
    people(director, "Dora", employment=may(1, 15))
    written = schedule(coordinator, 6, 10, {"Director": 1})
    clash = clashes(coordinator, written.pk, 6, 16)[0]
    assert (clash["reason"], clash["production"]) == ("contract", None)
    assert (clash["start"], clash["end"]) == (date(2030, 5, 1), date(2030, 5, 15))


def test_an_open_ended_contract_that_begins_later_has_no_end_in_the_clash(coordinator: User) -> None:
    ada = CrewMemberFactory(employment=days(date(2030, 5, 5), date(9999, 12, 30)))
    production = ProductionFactory(period=may(6, 7))
    BookingFactory(crew_member=ada, production=production)
    assert clashes(coordinator, production.pk, 4, 7)[0]["start"] == date(2030, 5, 5)


def test_the_refusal_offers_those_who_could_stand_in(coordinator: User, director: Role) -> None:
    dora = people(director, "Dora")[0]
    written = schedule(coordinator, 6, 10, {"Director": 1})
    off(coordinator, dora, 11, 11)
    booked(people(director, "Bound")[0], 11, 12)
    free = people(director, *(f"Free {number}" for number in range(6)))
    stand_ins = clashes(coordinator, written.pk, 6, 11)[0]["stand_ins"]
    assert stand_ins == [{"id": member.pk, "full_name": member.full_name} for member in free[:5]]


def test_who_is_booked_for_it_already_stands_in_for_nobody(coordinator: User, director: Role) -> None:
    dora, _ = people(director, "Dora", "Dan")
    written = schedule(coordinator, 6, 10, {"Director": 2})
    off(coordinator, dora, 11, 11)
    assert clashes(coordinator, written.pk, 11, 12)[0]["stand_ins"] == []


def test_no_more_than_fifty_clashes_are_named_and_all_are_counted(
    coordinator: User, director: Role, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(conflicts, "MOST_NAMED", 2)
    crew = people(director, "Ada", "Ben", "Cleo")
    written = schedule(coordinator, 6, 10, {"Director": 3})
    for member in crew:
        off(coordinator, member, 11, 11)
    with pytest.raises(DatesClash) as refused:
        move(coordinator, written.pk, 6, 11)
    assert (len(refused.value.facts["clashes"]), refused.value.facts["clashes_count"]) == (2, 3)


def test_stand_ins_replace_those_who_cannot_and_nobody_else(coordinator: User, director: Role) -> None:
    dora, _ = people(director, "Dora", "Dan")
    written = schedule(coordinator, 6, 10, {"Director": 2})
    off(coordinator, dora, 11, 11)
    people(director, "Dee")
    moved = move(coordinator, written.pk, 6, 11, on_conflict="replace")
    assert names(moved) == ["Dan", "Dee"]
    assert [booking["crew_member"]["full_name"] for booking in moved.released] == ["Dora"]
    assert [booking["crew_member"]["full_name"] for booking in moved.booked] == ["Dee"]


def test_a_stand_in_takes_the_role_that_was_booked_not_the_one_that_the_person_has_now(
    coordinator: User, director: Role, actor: Role
) -> None:
    dora = people(director, "Dora")[0]
    written = schedule(coordinator, 6, 10, {"Director": 1})
    off(coordinator, dora, 11, 11)
    type(dora).objects.filter(pk=dora.pk).update(role=actor)
    people(actor, "Ada")
    people(director, "Dan")
    assert names(move(coordinator, written.pk, 6, 11, on_conflict="replace")) == ["Dan"]


def test_too_few_stand_ins_refuse_all_of_it(coordinator: User, director: Role) -> None:
    dora, dan, _ = people(director, "Dora", "Dan", "Dee")
    written = schedule(coordinator, 6, 10, {"Director": 2})
    for member in (dora, dan):
        off(coordinator, member, 11, 11)
    before = everything()
    with pytest.raises(CrewUnavailable) as refused:
        move(coordinator, written.pk, 6, 11, on_conflict="replace")
    assert everything() == before
    short = refused.value.facts["shortages"][0]
    assert (short["required"], short["available"]) == (2, 1)


def test_gaps_may_be_left_instead_of_stand_ins(coordinator: User, director: Role) -> None:
    dora = people(director, "Dora")[0]
    written = schedule(coordinator, 6, 10, {"Director": 1})
    off(coordinator, dora, 11, 11)
    moved = move(coordinator, written.pk, 6, 11, on_conflict="replace", allow_gaps=True)
    assert (moved.row["bookings"], moved.row["open_requirements"]) == ([], {"Director": 1})


def test_the_production_itself_keeps_nobody_from_its_new_dates(coordinator: User, director: Role) -> None:
    dora, _ = people(director, "Dora", "Dan")
    written = schedule(coordinator, 6, 10, {"Director": 2})
    off(coordinator, dora, 11, 11)
    with pytest.raises(CrewUnavailable) as refused:
        move(coordinator, written.pk, 6, 11, on_conflict="replace")
    assert refused.value.facts["windows"][0]["start"] == date(2030, 5, 5)


def test_a_change_of_what_was_changed_meanwhile_is_refused(coordinator: User) -> None:
    written = schedule(coordinator, 6, 10)
    move(coordinator, written.pk, 6, 11)
    with pytest.raises(StaleVersion):
        move(coordinator, written.pk, 6, 12, expected_version=written.row["row_version"])
