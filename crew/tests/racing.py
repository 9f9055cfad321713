"""Many people at once who schedule, move, cancel, take days off and end contracts, on the same few days."""

import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db import DatabaseError, connection

from config.accounts.models import User
from crew.models import Booking, Role
from crew.services import bookings, people, productions
from crew.services.transactions import Written
from crew.tests.factories import CrewMemberFactory, RoleFactory
from pipeline.errors import Refusal

THREADS = 32
FIRST = date(2030, 5, 1)
HOT_DAYS = 20
LONGEST = 5


def together(act: Callable[[int], Any], threads: int = THREADS) -> list[Any]:
    """Calls `act` with each number at the same time, each on a connection of its own."""
    ready = threading.Barrier(threads)

    def run(number: int) -> Any:
        try:
            ready.wait(60)
            return act(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(run, range(threads)))


@dataclass
class Crowd:
    """Who writes at the same time, and what came of it: how often each outcome, and every error without a name."""

    by: User
    attempts: int
    roles: list[Role] = field(default_factory=list)
    members: list[int] = field(default_factory=list)
    jobs: list[int] = field(default_factory=list)
    outcomes: "Counter[str]" = field(default_factory=Counter)
    unnamed: list[str] = field(default_factory=list)

    def hire(self, roles: int, each: int) -> None:
        self.roles = RoleFactory.create_batch(roles)
        made = [CrewMemberFactory(role=role) for role in self.roles for _ in range(each)]
        self.members = [member.pk for member in made]

    def rush(self) -> None:
        for outcomes, unnamed in together(self.one_of_them):
            self.outcomes += outcomes
            self.unnamed += unnamed

    def one_of_them(self, number: int) -> tuple["Counter[str]", list[str]]:
        rng, outcomes, unnamed = Random(number), Counter[str](), []
        for _ in range(self.attempts):
            act = rng.choices(ACTS, WEIGHTS)[0]
            try:
                act(self, rng)
                outcomes[f"{act.__name__}: done"] += 1
            except Refusal as refusal:
                outcomes[f"{act.__name__}: {refusal.code}"] += 1
            except ObjectDoesNotExist:
                outcomes[f"{act.__name__}: gone"] += 1
            except DatabaseError as error:
                unnamed.append(f"{act.__name__}: {error!r}")
        return outcomes, unnamed

    def schedule(self, rng: Random) -> None:
        start, end = some_days(rng)
        wanted = {role.pk: rng.randint(1, 3) for role in rng.sample(self.roles, 2)}
        written = productions.schedule_production(
            "Rush", by=self.by, start=start, end=end, requirements=wanted, dry_run=rng.random() < 0.1
        )
        if not written.dry_run:
            self.jobs.append(written.pk)

    def move(self, rng: Random) -> Written:
        start, end = some_days(rng)
        conflict: Any = rng.choice(["refuse", "replace"])
        return productions.change_production(self.job(rng), by=self.by, start=start, end=end, on_conflict=conflict)

    def require(self, rng: Random) -> Written:
        wanted = {role.pk: rng.randint(1, 3) for role in rng.sample(self.roles, 2)}
        return productions.change_production(self.job(rng), by=self.by, requirements=wanted)

    def cancel(self, rng: Random) -> None:
        job = self.job(rng)
        productions.cancel_production(job, by=self.by)
        self.jobs.remove(job)

    def take_off(self, rng: Random) -> Written:
        start, end = some_days(rng)
        return bookings.book_time_off(rng.choice(self.members), by=self.by, start=start, end=end)

    def come_back(self, rng: Random) -> Written:
        off = Booking.objects.time_off().values_list("crew_member", "pk").order_by("?").first()
        return bookings.cancel_time_off(*(off or (0, 0)), by=self.by)

    def end_contract(self, rng: Random) -> Written:
        last = rng.choice([None, FIRST + timedelta(days=rng.randrange(HOT_DAYS))])
        return people.change_member(rng.choice(self.members), by=self.by, fire_date=last)

    def book(self, rng: Random) -> Written:
        return bookings.add_booking(self.job(rng), rng.choice(self.members), by=self.by)

    def release(self, rng: Random) -> Written:
        job = self.job(rng)
        booking = Booking.objects.filter(production=job).values_list("pk", flat=True).order_by("?").first()
        return bookings.remove_booking(job, booking or 0, by=self.by)

    def job(self, rng: Random) -> int:
        """Anybody's production, which may be gone meanwhile."""
        return rng.choice(self.jobs or [0])


ACTS = [
    Crowd.schedule, Crowd.move, Crowd.require, Crowd.cancel, Crowd.take_off, Crowd.come_back,
    Crowd.end_contract, Crowd.book, Crowd.release,
]  # fmt: skip
WEIGHTS = [30, 18, 6, 14, 8, 7, 7, 5, 5]


def some_days(rng: Random) -> tuple[date, date]:
    start = FIRST + timedelta(days=rng.randrange(HOT_DAYS))
    return start, start + timedelta(days=rng.randrange(LONGEST))


OVERLAPS = """
    SELECT count(*) FROM booking AS one JOIN booking AS other
    ON one.crew_member_id = other.crew_member_id AND one.id < other.id AND one.period && other.period
"""
OUTSIDE = """
    SELECT count(*) FROM booking JOIN crew_member AS member ON member.id = booking.crew_member_id
    WHERE NOT member.employment @> booking.period
"""
ASTRAY = """
    SELECT count(*) FROM booking JOIN production ON production.id = booking.production_id
    WHERE production.period <> booking.period
"""


def counted(statement: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return int(cursor.fetchone()[0])


def damage() -> tuple[int, int, int]:
    """Pairs of bookings that overlap, bookings outside of contracts, bookings on other days than their production."""
    return counted(OVERLAPS), counted(OUTSIDE), counted(ASTRAY)
