"""Many write at once: nobody is bound twice, and nobody is told that there are too few people when there are not."""

import threading
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.db import connection

from config.accounts.models import User
from crew.errors import CrewUnavailable
from crew.models import Booking, CrewMember, Role
from crew.services import bookings, people, productions, requirements, staffing, transactions
from crew.tests.factories import CrewMemberFactory
from crew.tests.racing import ACTS, FIRST, OVERLAPS, Crowd, counted, damage, together

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
WANTING, DISTURBING, THERE = 24, 8, 5


def test_a_rush_on_a_few_days_breaks_no_rule_and_every_refusal_has_a_name(producer: User, at_full_size: bool) -> None:
    crowd = Crowd(producer, attempts=2000 if at_full_size else 200)
    crowd.hire(roles=3, each=8)
    crowd.rush()
    assert damage() == (0, 0, 0)
    assert crowd.unnamed == []
    assert not [outcome for outcome in crowd.outcomes if outcome.endswith("bookings_collided")]
    assert {f"{act.__name__}: done" for act in ACTS} <= crowd.outcomes.keys()


def want(by: User, role: Role, day: date, *, dry_run: bool = False) -> str:
    wanted = {role.pk: 1}
    try:
        productions.schedule_production("Wanted", by=by, start=day, end=day, requirements=wanted, dry_run=dry_run)
    except CrewUnavailable:
        return "refused"
    return "booked"


class Contest:
    """In each round many want one of the same five people for the same day, and others disturb them."""

    def __init__(self, by: User, role: Role, rounds: int) -> None:
        self.by, self.role, self.rounds = by, role, rounds
        self.members = [member.pk for member in CrewMemberFactory.create_batch(THERE, role=role)]
        self.round = threading.Barrier(WANTING + DISTURBING)

    def take_part(self, number: int) -> "Counter[str]":
        outcomes: Counter[str] = Counter()
        for round_number in range(self.rounds):
            self.round.wait(60)
            day = FIRST + timedelta(days=round_number)
            if number < WANTING:
                outcomes[want(self.by, self.role, day)] += 1
            else:
                self.disturb(number, round_number, day)
        return outcomes

    def disturb(self, number: int, round_number: int, day: date) -> None:
        """Locks the same people, and leaves each as free on that day as before."""
        member = self.members[number % THERE]
        if number % 3 == 0:
            want(self.by, self.role, day, dry_run=True)
        elif number % 3 == 1:
            other_day = date(2020, 1, 1) + timedelta(days=100 * round_number + number)
            bookings.book_time_off(member, by=self.by, start=other_day, end=other_day)
        else:
            last = date(2040, 1, 1) + timedelta(days=round_number)
            people.change_member(member, by=self.by, fire_date=last if round_number % 2 else None)


def test_of_many_who_want_the_same_few_exactly_as_many_get_them_as_there_are(
    producer: User, actor: Role, at_full_size: bool
) -> None:
    contest = Contest(producer, actor, rounds=200 if at_full_size else 20)
    outcomes = sum(together(contest.take_part), Counter[str]())
    assert outcomes["booked"] == THERE * contest.rounds
    assert outcomes["refused"] == (WANTING - THERE) * contest.rounds
    assert damage() == (0, 0, 0)


@pytest.fixture
def unlocked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits for anybody: no person and no role is locked."""
    for module in (transactions, staffing):
        monkeypatch.setattr(module, "lock_people", lambda people: None)
    monkeypatch.setattr(requirements, "LOCKED", requirements.NAMED)


@pytest.fixture
def unconstrained() -> Iterator[None]:
    """The table without its exclusion constraint, which comes back when the bookings are gone."""
    constraint = next(rule for rule in Booking._meta.constraints if rule.name == "booking_one_a_day")
    with connection.schema_editor() as editor:
        editor.remove_constraint(Booking, constraint)
    yield
    Booking.objects.all().delete()
    with connection.schema_editor() as editor:
        editor.add_constraint(Booking, constraint)


def want_at_once(by: User, role: Role, threads: int) -> "Counter[str]":
    return Counter(together(lambda number: want(by, role, FIRST), threads))


def test_without_lock_and_constraint_somebody_is_bound_twice(
    producer: User, actor: Role, unlocked: None, unconstrained: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    everybody_has_booked = threading.Barrier(4)
    book = staffing.Staffing.book

    def slowly(self: staffing.Staffing, chosen: list[tuple[int, int]]) -> int:
        booked = book(self, chosen)
        everybody_has_booked.wait(30)
        return booked

    monkeypatch.setattr(staffing.Staffing, "book", slowly)
    CrewMemberFactory(role=actor)
    assert want_at_once(producer, actor, 4) == Counter(booked=4)
    assert counted(OVERLAPS) == 6


def test_without_the_lock_the_constraint_still_lets_one_win(producer: User, actor: Role, unlocked: None) -> None:
    CrewMemberFactory(role=actor)
    assert want_at_once(producer, actor, 8) == Counter(booked=1, refused=7)
    assert CrewMember.objects.get().bookings.count() == 1
