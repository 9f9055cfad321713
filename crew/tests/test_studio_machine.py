"""Any series of acts leaves the database as a plain model of the rules says, refusals included."""

import copy
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from config.accounts.models import User
from config.accounts.tests.factories import UserFactory
from crew.models import Booking, CrewMember, Production, Requirement, Role
from crew.services import bookings, people, productions
from crew.services.transactions import Written
from crew.tests.factories import CrewMemberFactory, RoleFactory, days
from crew.tests.studio_model import OPEN, Bound, Person, Refused, Studio
from pipeline.errors import Refusal

pytestmark = pytest.mark.django_db(transaction=True)
FIRST = date(2030, 1, 1)
DAYS = st.integers(0, 30)
LENGTHS = st.integers(0, 9)
# How many of each of the two roles.
WANTED = st.tuples(st.integers(0, 3), st.integers(0, 2))
PICK = st.integers(0, 10**6)


def day(number: int) -> date:
    return FIRST + timedelta(days=number)


class StudioMachine(RuleBasedStateMachine):
    """Each run is a transaction of its own, which is undone at its end."""

    def __init__(self) -> None:
        super().__init__()
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        self.by: User = UserFactory.create(is_superuser=True)
        self.roles = [role.pk for role in RoleFactory.create_batch(2)]
        self.model = Studio()

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.transaction.__exit__(None, None, None)

    @initialize(roles=st.lists(st.integers(0, 1), min_size=3, max_size=6))
    def open_the_studio(self, roles: list[int]) -> None:
        for role in roles:
            self.hire_one(role, 0, None)

    def both(self, service: Callable[[], Written], act: Callable[[Studio], None]) -> Written | None:
        """The service and the model do the same, or refuse the same."""
        after = copy.deepcopy(self.model)
        try:
            act(after)
        except Refused as expected:
            self.refused(service, *expected.args)
            return None
        written = service()
        self.model = after
        return written

    def refused(self, service: Callable[[], Written], code: str, facts: Any) -> None:
        with pytest.raises(Refusal) as refused:
            service()
        assert (refused.value.code, told(refused.value)) == (code, facts)

    def wanted(self, numbers: tuple[int, int]) -> dict[int, int]:
        return {role: number for role, number in zip(self.roles, numbers, strict=True) if number}

    @rule(role=st.integers(0, 1), first=DAYS, length=st.none() | st.integers(0, 60))
    def hire(self, role: int, first: int, length: int | None) -> None:
        self.hire_one(role, first, length)

    def hire_one(self, role: int, first: int, length: int | None) -> None:
        last = OPEN if length is None else first + length
        employment = days(day(first), day(last)) if length is not None else f"[{day(first)},)"
        member = CrewMemberFactory(role_id=self.roles[role], employment=employment)
        self.model.people[member.pk] = Person(self.roles[role], first, last)

    @rule(first=DAYS, length=LENGTHS, numbers=WANTED, gaps=st.booleans())
    def schedule(self, first: int, length: int, numbers: tuple[int, int], gaps: bool) -> None:
        wanted, last = self.wanted(numbers), first + length
        written = self.both(
            lambda: productions.schedule_production(
                "Any", by=self.by, start=day(first), end=day(last), requirements=wanted, allow_gaps=gaps
            ),
            lambda model: model.schedule(NEW, first, last, wanted, gaps=gaps),
        )
        if written:
            job = written.pk
            self.model.jobs[job] = self.model.jobs.pop(NEW)
            for key, bound in self.model.of_job(NEW).items():
                self.model.bookings[key] = bound._replace(job=job)

    @precondition(lambda self: self.model.jobs)
    @rule(pick=PICK, first=DAYS, length=LENGTHS, replace=st.booleans(), gaps=st.booleans())
    def move(self, pick: int, first: int, length: int, replace: bool, gaps: bool) -> None:
        job, last = self.one_of(self.model.jobs, pick), first + length
        wanted = self.model.jobs[job].wanted
        self.change(job, (first, last), replace, gaps, {"start": day(first), "end": day(last)}, wanted)

    @precondition(lambda self: self.model.jobs)
    @rule(pick=PICK, shift=st.integers(-3, 3), numbers=WANTED, replace=st.booleans(), gaps=st.booleans())
    def require(self, pick: int, shift: int, numbers: tuple[int, int], replace: bool, gaps: bool) -> None:
        job, wanted = self.one_of(self.model.jobs, pick), self.wanted(numbers)
        first, last = self.model.jobs[job].first, self.model.jobs[job].last
        last = max(first, last + shift)
        self.change(job, (first, last), replace, gaps, {"end": day(last), "requirements": wanted}, wanted)

    def change(
        self, job: int, span: tuple[int, int], replace: bool, gaps: bool, fields: Any, wanted: dict[int, int]
    ) -> None:
        conflict: Any = "replace" if replace else "refuse"
        self.both(
            lambda: productions.change_production(job, by=self.by, on_conflict=conflict, allow_gaps=gaps, **fields),
            lambda model: model.change(job, *span, wanted, replace=replace, gaps=gaps),
        )

    @precondition(lambda self: self.model.jobs)
    @rule(pick=PICK, gaps=st.booleans())
    def staff(self, pick: int, gaps: bool) -> None:
        job = self.one_of(self.model.jobs, pick)
        self.both(
            lambda: productions.staff_production(job, by=self.by, allow_gaps=gaps),
            lambda model: model.fill(job, model.open_places(job), gaps=gaps),
        )

    @precondition(lambda self: self.model.jobs)
    @rule(pick=PICK)
    def cancel(self, pick: int) -> None:
        job = self.one_of(self.model.jobs, pick)
        self.both(lambda: productions.cancel_production(job, by=self.by), lambda model: model.cancel(job))

    @precondition(lambda self: self.model.people)
    @rule(pick=PICK, first=DAYS, length=LENGTHS)
    def take_off(self, pick: int, first: int, length: int) -> None:
        person, last = self.one_of(self.model.people, pick), first + length
        self.both(
            lambda: bookings.book_time_off(person, by=self.by, start=day(first), end=day(last)),
            lambda model: model.book(person, first, last, None),
        )

    @precondition(lambda self: self.model.people and self.model.jobs)
    @rule(pick=PICK, who=PICK)
    def book(self, pick: int, who: int) -> None:
        job, person = self.one_of(self.model.jobs, pick), self.one_of(self.model.people, who)
        first, last = self.model.jobs[job].first, self.model.jobs[job].last
        self.both(
            lambda: bookings.add_booking(job, person, by=self.by),
            lambda model: model.book(person, first, last, job),
        )

    @precondition(lambda self: self.model.bookings)
    @rule(pick=PICK)
    def release(self, pick: int) -> None:
        bound = self.model.bookings[self.one_of(self.model.bookings, pick)]
        pk = Booking.objects.get(crew_member=bound.person, period__startswith=day(bound.first)).pk
        self.both(lambda: self.taken_away(bound, pk), lambda model: model.release(bound))

    def taken_away(self, bound: Bound, pk: int) -> Written:
        if bound.job is None:
            return bookings.cancel_time_off(bound.person, pk, by=self.by)
        return bookings.remove_booking(bound.job, pk, by=self.by)

    @precondition(lambda self: self.model.people)
    @rule(pick=PICK, first=DAYS, length=st.none() | st.integers(0, 60))
    def employ(self, pick: int, first: int, length: int | None) -> None:
        person = self.one_of(self.model.people, pick)
        last = OPEN if length is None else first + length
        fire_date = None if length is None else day(last)
        self.both(
            lambda: people.change_member(person, by=self.by, hire_date=day(first), fire_date=fire_date),
            lambda model: model.employ(person, first, last),
        )

    @invariant()
    def the_database_is_as_the_model_says(self) -> None:
        assert stored_bookings() == sorted(self.model.bookings.values(), key=str)
        assert stored_jobs() == {pk: (job.first, job.last, job.wanted) for pk, job in self.model.jobs.items()}

    @invariant()
    def who_is_free_is_who_the_model_says(self) -> None:
        free = CrewMember.objects.available(day(20), day(24)).values_list("pk", flat=True)
        assert set(free) == {person for person in self.model.people if self.model.can(person, 20, 24)}

    def one_of(self, among: dict[int, Any], pick: int) -> int:
        keys = sorted(among)
        return keys[pick % len(keys)]


# The id of a production that is about to be made.
NEW = -1


def told(refusal: Refusal) -> Any:
    """Of a refusal's facts, what the model knows too."""
    facts = refusal.facts
    if "shortages" in facts:
        names = [short["role"] for short in facts["shortages"]]
        return set(Role.objects.filter(name__in=names).values_list("pk", flat=True))
    if "clashes" in facts:
        return {clash["crew_member"]["id"] for clash in facts["clashes"]}
    return facts["crew_member"]["id"] if "crew_member" in facts else facts["bookings_count"]


def number(found: date) -> int:
    return (found - FIRST).days


def stored_bookings() -> list[Bound]:
    rows = Booking.objects.values_list("crew_member", "period", "production", "role")
    made = [Bound(who, number(span.lower), number(span.upper) - 1, job, role) for who, span, job, role in rows]
    return sorted(made, key=str)


def stored_jobs() -> dict[int, tuple[int, int, dict[int, int]]]:
    rows = Production.objects.values_list("pk", "period")
    jobs: dict[int, tuple[int, int, dict[int, int]]] = {
        pk: (number(span.lower), number(span.upper) - 1, {}) for pk, span in rows
    }
    for job, role, count in Requirement.objects.values_list("production", "role", "count"):
        jobs[job][2][role] = count
    return jobs


def test_services_and_model_agree_whatever_happens(at_full_size: bool) -> None:
    run_state_machine_as_test(
        StudioMachine,
        settings=settings(
            max_examples=500 if at_full_size else 25,
            stateful_step_count=40 if at_full_size else 30,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
