"""Who is free, and what the schedule shows."""

from datetime import date
from typing import Any

import orjson
import pytest
from django.core.exceptions import ValidationError

from config.accounts.models import User
from crew.models import CrewMember, Role
from crew.services import planning
from crew.tests.factories import CrewMemberFactory, days
from crew.tests.jobs import booked, may, off, people

pytestmark = pytest.mark.django_db
START, END = date(2030, 5, 6), date(2030, 5, 17)


def free(first: int, last: int, **options: Any) -> list[str]:
    found = planning.availability(date(2030, 5, first), date(2030, 5, last), **options)
    return [member["full_name"] for member in orjson.loads(found.members)]


def rows(first: int, last: int, **options: Any) -> list[dict[str, Any]]:
    found = planning.schedule(date(2030, 5, first), date(2030, 5, last), **options)
    shown: list[dict[str, Any]] = orjson.loads(found.rows)
    return shown


def test_free_is_who_is_under_contract_on_each_day_and_bound_on_none(coordinator: User, actor: Role) -> None:
    bound, away, _ = people(actor, "Bound", "Away", "Free")
    people(actor, "Leaving", employment=may(1, 16))
    people(actor, "Coming", employment=may(7, 31))
    booked(bound, 17, 20)
    off(coordinator, away, 1, 6)
    assert free(6, 17) == ["Free"]
    assert list(CrewMember.objects.available(START, END).values_list("full_name", flat=True)) == ["Free"]


def test_both_ends_of_a_booking_and_of_the_question_count(actor: Role) -> None:
    booked(people(actor, "Ada")[0], 10, 12)
    asked = [(8, 9), (9, 10), (12, 13), (13, 14), (11, 11)]
    assert [free(*days) == ["Ada"] for days in asked] == [True, False, False, True, False]


def test_everybody_free_is_counted_by_role_and_a_page_of_them_is_named(actor: Role, director: Role) -> None:
    people(actor, "Cleo", "Ada", "Ben")
    people(director, "Dora")
    found = planning.availability(START, END, limit=2, offset=1)
    assert (found.total, orjson.loads(found.roles)) == (4, {"Actor": 3, "Director": 1})
    assert [member["full_name"] for member in orjson.loads(found.members)] == ["Ben", "Cleo"]


def test_a_member_has_an_id_a_name_and_a_role(actor: Role) -> None:
    ada = people(actor, "Ada")[0]
    found = planning.availability(START, END)
    assert orjson.loads(found.members) == [{"id": ada.pk, "full_name": "Ada", "role": "Actor"}]


def test_a_role_is_asked_for_by_name_regardless_of_case(actor: Role, director: Role) -> None:
    people(actor, "Ada")
    people(director, "Dora")
    assert free(6, 17, role="DIRECTOR") == ["Dora"]
    assert free(6, 17, role="Gaffer") == []


def test_a_role_with_nobody_free_is_left_out(actor: Role, director: Role) -> None:
    booked(people(actor, "Ada")[0], 6, 6)
    people(director, "Dora")
    assert orjson.loads(planning.availability(START, END).roles) == {"Director": 1}


def test_days_out_of_order_are_refused() -> None:
    for question in (planning.availability, planning.schedule):
        with pytest.raises(ValidationError) as refused:
            question(END, START)
        assert list(refused.value.message_dict) == ["end"]


@pytest.mark.parametrize("day", [date.min, date.max])
def test_the_first_and_the_last_day_that_there_is_can_be_asked_for(day: date) -> None:
    CrewMemberFactory(employment=days(date.min, date.min))
    CrewMemberFactory(employment="[0001-01-01,)")
    assert planning.availability(day, day).total == (2 if day == date.min else 1)
    assert planning.schedule(day, day).total == (2 if day == date.min else 1)


def test_the_schedule_shows_people_by_role_and_name_with_what_binds_them(
    coordinator: User, actor: Role, director: Role
) -> None:
    _, ada = people(director, "Dora", "Zoe"), people(actor, "Ada")[0]
    booking = booked(ada, 1, 6, "Day Train")
    off(coordinator, ada, 17, 20)
    found = rows(6, 17)
    assert [row["crew_member"]["full_name"] for row in found] == ["Ada", "Dora", "Zoe"]
    assert [bound["start"] for bound in found[0]["bookings"]] == ["2030-05-01", "2030-05-17"]
    assert found[0]["bookings"][0] == {
        "id": booking.pk, "production": {"id": booking.production_id, "title": "Day Train"},
        "role": "Actor", "start": "2030-05-01", "end": "2030-05-06", "reason": "",
    }  # fmt: skip
    assert (found[0]["bookings"][1]["production"], found[1]["bookings"]) == (None, [])


def test_the_schedule_leaves_out_what_lies_beyond_and_who_is_not_under_contract(actor: Role) -> None:
    ada = people(actor, "Ada", employment=may(1, 6))[0]
    booked(ada, 1, 5)
    people(actor, "Gone", employment=may(1, 5))
    people(actor, "Later", employment=may(18, 31))
    assert [(row["crew_member"]["full_name"], row["bookings"]) for row in rows(6, 17)] == [("Ada", [])]


def test_a_row_says_how_long_the_contract_lasts(actor: Role) -> None:
    ada = people(actor, "Ada", employment=may(1, 31))[0]
    assert rows(6, 17)[0]["crew_member"] == {
        "id": ada.pk, "full_name": "Ada", "role": "Actor", "hire_date": "2030-05-01", "fire_date": "2030-05-31",
    }  # fmt: skip


def test_the_schedule_pages_its_people_and_counts_all(actor: Role, director: Role) -> None:
    people(actor, "Ada", "Ben", "Cleo")
    people(director, "Dora")
    assert [row["crew_member"]["full_name"] for row in rows(6, 17, role="actor", limit=1, offset=1)] == ["Ben"]
    assert planning.schedule(START, END, role="actor", limit=1).total == 3


def test_more_than_three_years_of_schedule_at_a_time_are_refused() -> None:
    with pytest.raises(ValidationError, match="At most 1096 days"):
        planning.schedule(date(2030, 1, 1), date(2033, 1, 1))
    assert planning.schedule(date(2030, 1, 1), date(2032, 12, 31)).total == 0
