"""The same rules as the services', said once more in plain Python, without a database."""

from collections import Counter
from dataclasses import dataclass, field
from typing import NamedTuple

SURROUNDING = 45
OPEN = 10**6


class Refused(Exception):
    """What the model expects the services to refuse; `args` are the refusal's code and its facts."""


class Bound(NamedTuple):
    """A booking: days as numbers, `job` and `role` None for time off."""

    person: int
    first: int
    last: int
    job: int | None
    role: int | None


@dataclass
class Person:
    role: int
    first: int
    last: int = OPEN


@dataclass
class Job:
    first: int
    last: int
    wanted: dict[int, int]


@dataclass
class Studio:
    """People and jobs by id; bookings by a key that counts up in the order of booking."""

    people: dict[int, Person] = field(default_factory=dict)
    jobs: dict[int, Job] = field(default_factory=dict)
    bookings: dict[int, Bound] = field(default_factory=dict)
    next_key: int = 0

    # --- Questions

    def bound(self, person: int, first: int, last: int, but: int | None = None) -> list[Bound]:
        """What binds a person on these days, other than the job `but`."""
        return [
            booking
            for booking in self.bookings.values()
            if booking.person == person and booking.first <= last and booking.last >= first
            and (but is None or booking.job != but)
        ]  # fmt: skip

    def employed(self, person: int, first: int, last: int) -> bool:
        return self.people[person].first <= first and last <= self.people[person].last

    def can(self, person: int, first: int, last: int, but: int | None = None) -> bool:
        return self.employed(person, first, last) and not self.bound(person, first, last, but)

    def free(self, role: int, first: int, last: int) -> list[int]:
        """Who of a role is free, the least booked in the surrounding 90 days first."""
        able = [pk for pk, person in self.people.items() if person.role == role and self.can(pk, first, last)]
        return sorted(able, key=lambda pk: (self.load(pk, first, last), pk))

    def load(self, person: int, first: int, last: int) -> int:
        around = (first - SURROUNDING, last + SURROUNDING)
        jobs = [booking for booking in self.bound(person, *around) if booking.job is not None]
        return sum(min(job.last, around[1]) - max(job.first, around[0]) + 1 for job in jobs)

    def of_job(self, job: int) -> dict[int, Bound]:
        return {key: booking for key, booking in self.bookings.items() if booking.job == job}

    def open_places(self, job: int) -> dict[int, int]:
        booked = Counter(booking.role for booking in self.of_job(job).values())
        wanted = self.jobs[job].wanted
        return {role: number - booked[role] for role, number in wanted.items() if number > booked[role]}

    # --- Acts

    def bind(self, booking: Bound) -> None:
        self.bookings[self.next_key] = booking
        self.next_key += 1

    def fill(self, job: int, places: dict[int, int], *, gaps: bool) -> None:
        """Books people for these places, or all that there are; refuses before anybody is booked."""
        first, last = self.jobs[job].first, self.jobs[job].last
        found = {role: self.free(role, first, last) for role in sorted(places)}
        short = {role for role, number in places.items() if len(found[role]) < number}
        if short and not gaps:
            raise Refused("crew_unavailable", short)
        for role, able in found.items():
            for person in able[: places[role]]:
                self.bind(Bound(person, first, last, job, role))

    def schedule(self, job: int, first: int, last: int, wanted: dict[int, int], *, gaps: bool) -> None:
        self.jobs[job] = Job(first, last, dict(wanted))
        self.fill(job, wanted, gaps=gaps)

    def change(self, job: int, first: int, last: int, wanted: dict[int, int], *, replace: bool, gaps: bool) -> None:
        """New days and requirements: who goes, who moves, who comes."""
        was = self.jobs[job]
        cannot = {key for key, booking in self.of_job(job).items() if not self.can(booking.person, first, last, job)}
        cannot = cannot if (first, last) != (was.first, was.last) else set()
        surplus = self.surplus(job, wanted, cannot)
        lost = cannot - surplus
        if lost and not replace:
            raise Refused("dates_clash", {self.bookings[key].person for key in lost})
        places = self.places(job, wanted, surplus, lost)
        self.bookings = {key: booking for key, booking in self.bookings.items() if key not in surplus | lost}
        self.jobs[job] = Job(first, last, dict(wanted))
        self.bookings |= {key: old._replace(first=first, last=last) for key, old in self.of_job(job).items()}
        self.fill(job, places, gaps=gaps)

    def surplus(self, job: int, wanted: dict[int, int], cannot: set[int]) -> set[int]:
        gone: set[int] = set()
        for role, before in self.jobs[job].wanted.items():
            booked = [key for key, booking in self.of_job(job).items() if booking.role == role]
            number = min(before - wanted.get(role, 0), len(booked) - wanted.get(role, 0))
            last_first = sorted(booked, reverse=True)
            in_order = [key for key in last_first if key in cannot] + [key for key in last_first if key not in cannot]
            gone |= set(in_order[: max(number, 0)])
        return gone

    def places(self, job: int, wanted: dict[int, int], surplus: set[int], lost: set[int]) -> dict[int, int]:
        places = Counter(self.bookings[key].role for key in lost)
        staying = Counter(bound.role for key, bound in self.of_job(job).items() if key not in surplus | lost)
        for role, number in wanted.items():
            if number > self.jobs[job].wanted.get(role, 0):
                places[role] = max(places[role], number - staying[role])
        return {role: number for role, number in places.items() if role is not None and number > 0}

    def cancel(self, job: int) -> None:
        gone = self.of_job(job)
        self.bookings = {key: booking for key, booking in self.bookings.items() if key not in gone}
        del self.jobs[job]

    def book(self, person: int, first: int, last: int, job: int | None) -> None:
        if not self.employed(person, first, last):
            raise Refused("outside_contract", person)
        if self.bound(person, first, last):
            raise Refused("person_bound", person)
        self.bind(Bound(person, first, last, job, None if job is None else self.people[person].role))

    def release(self, booking: Bound) -> None:
        self.bookings = {key: other for key, other in self.bookings.items() if other != booking}

    def employ(self, person: int, first: int, last: int) -> None:
        """A contract of other days."""
        outside = [b for b in self.bookings.values() if b.person == person and (b.first < first or b.last > last)]
        if outside:
            raise Refused("contract_still_needed", len(outside))
        self.people[person].first, self.people[person].last = first, last
