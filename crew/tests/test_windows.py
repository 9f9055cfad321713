"""When a production could be staffed: one statement, compared with counting day by day."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from crew.models import Role
from crew.querysets.windows import Window, earliest, first_days, nearest
from crew.services import planning
from crew.tests.factories import BookingFactory, CrewMemberFactory, RoleFactory, days
from crew.tests.jobs import booked, may, people

pytestmark = pytest.mark.django_db
FIRST = date(2030, 5, 1)
SPAN = 30
Days = list[tuple[int, int]]
Crew = list[tuple[int, tuple[int, int], Days]]


@pytest.fixture(autouse=True)
def may_day() -> Iterator[None]:
    with time_machine.travel(FIRST, tick=False):
        yield


def found(requirements: dict[str, int], length: int, last: int = 31) -> list[tuple[int, int]]:
    windows = planning.windows(requirements, days=length, last=date(2030, 5, last))
    return [(window.start.day, window.end.day) for window in windows]


def test_windows_are_as_early_as_can_be_one_after_the_other(director: Role) -> None:
    booked(people(director, "Dora")[0], 8, 10)
    assert found({"Director": 1}, 5) == [(1, 5), (11, 15), (16, 20), (21, 25), (26, 30)]


def test_there_are_five_at_most(director: Role) -> None:
    people(director, "Dora")
    assert found({"Director": 1}, 2) == [(1, 2), (3, 4), (5, 6), (7, 8), (9, 10)]


def test_every_role_has_to_have_enough_people(director: Role, actor: Role) -> None:
    booked(people(director, "Dora")[0], 1, 10)
    booked(people(actor, "Ada", "Ben")[0], 13, 14)
    assert found({"Director": 1, "Actor": 2}, 5) == [(15, 19), (20, 24), (25, 29)]
    assert found({"Director": 1, "Actor": 1}, 5)[0] == (11, 15)


def test_one_person_steps_in_for_another_only_between_productions(director: Role) -> None:
    dora, dan = people(director, "Dora", "Dan")
    booked(dora, 1, 10)
    booked(dan, 8, 31)
    assert found({"Director": 1}, 10) == [(11, 20), (21, 30)]


def test_a_window_lies_within_a_contract(director: Role) -> None:
    people(director, "Dora", employment=may(5, 12))
    assert found({"Director": 1}, 8) == [(5, 12)]
    assert found({"Director": 1}, 9) == []


def test_a_window_ends_within_what_is_asked(director: Role) -> None:
    people(director, "Dora")
    assert found({"Director": 1}, 5, last=9) == [(1, 5)]


def test_what_is_asked_is_a_year_from_today(director: Role) -> None:
    people(director, "Dora", employment=days(date(2031, 4, 30), date(2031, 5, 3)))
    assert planning.windows({"Director": 1}, days=2) == [Window(date(2031, 4, 30), date(2031, 5, 1))]


def test_windows_at_the_ends_of_time(director: Role) -> None:
    people(director, "Dora", employment="[0001-01-01,)")
    last = planning.windows({"Director": 1}, days=5, first=date(9999, 12, 27))
    assert last == [Window(date(9999, 12, 27), date(9999, 12, 31))]
    assert planning.windows({"Director": 1}, days=3660, first=date.min, last=date(11, 1, 8))[0].start == date.min


@pytest.mark.parametrize(
    ("field", "asked"),
    [
        ("requirements", {"requirements": {}, "days": 5}),
        ("requirements", {"requirements": {"Gaffer": 1}, "days": 5}),
        ("requirements", {"requirements": {"Director": 0}, "days": 5}),
        ("days", {"requirements": {"Director": 1}, "days": 0}),
        ("days", {"requirements": {"Director": 1}, "days": 3661}),
        ("to", {"requirements": {"Director": 1}, "days": 5, "last": date(2030, 4, 30)}),
        ("to", {"requirements": {"Director": 1}, "days": 5, "last": date(2041, 1, 1)}),
    ],
)
def test_a_question_that_has_no_answer_is_refused_by_its_field(field: str, asked: object, director: Role) -> None:
    with pytest.raises(ValidationError) as refused:
        planning.windows(**asked)  # type: ignore[arg-type]
    assert list(refused.value.message_dict) == [field]


# A person: the role, the first and the last day of the contract, and days that are bound.
PEOPLE = st.lists(
    st.tuples(
        st.integers(0, 1),
        st.tuples(st.integers(-3, SPAN + 3), st.integers(0, SPAN)),
        st.lists(st.tuples(st.integers(-3, SPAN + 3), st.integers(0, 6)), max_size=5),
    ),
    max_size=6,
)


@settings(max_examples=60, deadline=None)
@given(crew=PEOPLE, places=st.tuples(st.integers(1, 2), st.integers(0, 2)), length=st.integers(1, 8))
def test_the_windows_are_those_that_counting_day_by_day_finds(crew: Crew, places: tuple[int, int], length: int) -> None:
    with transaction.atomic():
        roles = RoleFactory.create_batch(2)
        kept = [keep(roles[role], span, bound) for role, span, bound in crew]
        wanted = {role.pk: number for role, number in zip(roles, places, strict=True) if number}
        ranges = first_days(wanted, length, day(0), day(SPAN))
        transaction.set_rollback(True)
    numbers = [number for a, b in ranges for number in range((a - FIRST).days, (b - FIRST).days + 1)]
    fits = [start for start in range(SPAN - length + 2) if enough(crew, kept, places, start, start + length - 1)]
    assert numbers == fits


def keep(role: Role, contract: tuple[int, int], bound: Days) -> Days:
    """Hires somebody, books what fits, and answers what was booked."""
    first, last = contract[0], contract[0] + contract[1]
    member = CrewMemberFactory(role=role, employment=days(day(first), day(last)))
    taken: Days = []
    for start, length in bound:
        end = start + length
        if first <= start and end <= last and all(end < a or start > b for a, b in taken):
            BookingFactory(crew_member=member, production=None, period=days(day(start), day(end)))
            taken.append((start, end))
    return taken


def enough(crew: Crew, kept: list[Days], places: tuple[int, int], a: int, b: int) -> bool:
    free = [0, 0]
    for (role, (first, length), _), taken in zip(crew, kept, strict=True):
        covered = first <= a and b <= first + length
        free[role] += covered and all(b < start or a > end for start, end in taken)
    return all(number >= wanted for number, wanted in zip(free, places, strict=True))


def day(number: int) -> date:
    return FIRST + timedelta(days=number)


RANGES = st.lists(st.integers(0, 60), unique=True, max_size=20).map(
    lambda numbers: [(day(number), day(number)) for number in sorted(numbers)]
)


@pytest.mark.unit
@given(starts=RANGES, length=st.integers(1, 9))
def test_no_earlier_choice_of_windows_exists(starts: list[tuple[date, date]], length: int) -> None:
    chosen: list[date] = []
    free_from = date.min
    for start, _ in starts:
        if start >= free_from and len(chosen) < 5:
            chosen.append(start)
            free_from = start + timedelta(days=length)
    assert [window.start for window in earliest(starts, length)] == chosen


@pytest.mark.unit
@given(starts=RANGES, length=st.integers(1, 9), wished=st.integers(-5, 65))
def test_the_nearest_windows_come_first_and_do_not_overlap(
    starts: list[tuple[date, date]], length: int, wished: int
) -> None:
    windows = nearest(starts, length, day(wished))
    distances = [abs(window.start - day(wished)) for window in windows]
    assert distances == sorted(distances)
    assert {window.start for window in windows} <= {start for start, _ in starts}
    in_order = sorted(windows)
    assert all(one.end < other.start for one, other in pairwise(in_order))
    assert bool(windows) == bool(starts)
    if windows:
        assert distances[0] == min(abs(start - day(wished)) for start, _ in starts)
