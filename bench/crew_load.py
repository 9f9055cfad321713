"""A studio of 20,000 people with 1,000,000 bookings, loaded by COPY."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Any

from django.db import connection, transaction
from psycopg import sql

from crew.models import Booking, CrewMember, Production, Requirement, Role

ROLES = 12
PEOPLE = 20_000
BOOKINGS = 1_000_000
# A stretch of time in which everybody is booked once, somewhere in it.
SLOT = 36
JOBS_A_SLOT = 200
SHORTEST, LONGEST = 10, 20
# Everybody was hired long ago, and one in ten leaves during the last year that is booked.
HIRED_BEFORE = timedelta(days=400)

Row = tuple[Any, ...]
Job = tuple[int, date, date]


def loaded() -> bool:
    return Booking.objects.count() >= BOOKINGS


def load(today: date) -> None:
    """Replaces nothing: roles, people, productions and bookings of its own, half of them before today."""
    slots = BOOKINGS // PEOPLE
    first = today - timedelta(days=slots * SLOT // 2)
    with transaction.atomic():
        roles = [role.pk for role in Role.objects.bulk_create(made_roles())]
        jobs = list(made_jobs(next_id(Production), slots, first))
        contract = f"[{first - HIRED_BEFORE},)"
        people = range(next_id(CrewMember), next_id(CrewMember) + PEOPLE)
        copy(CrewMember, ("id", "full_name", "email", "role_id", "employment"), made_people(people, roles, contract))
        copy(Production, ("id", "title", "period"), ((pk, f"Job {pk}", span(a, b)) for pk, a, b in jobs))
        columns = ("crew_member_id", "employment", "production_id", "period", "role_id")
        copy(Booking, columns, made_bookings(people, roles, contract, jobs))
    tidy()


def made_roles() -> Iterator[Role]:
    return (Role(name=f"Bench role {number:02d}", department="Bench") for number in range(ROLES))


def made_people(people: range, roles: list[int], contract: str) -> Iterator[Row]:
    return ((pk, f"Person {pk:06d}", "", roles[pk % ROLES], contract) for pk in people)


def made_jobs(pk: int, slots: int, first: date) -> Iterator[Job]:
    rng = Random("jobs")  # noqa: S311 - nothing secret is drawn
    for slot in range(slots):
        for _ in range(JOBS_A_SLOT):
            length = rng.randint(SHORTEST, LONGEST)
            start = first + timedelta(days=slot * SLOT + rng.randrange(SLOT - length))
            yield pk, start, start + timedelta(days=length - 1)
            pk += 1


def made_bookings(people: range, roles: list[int], contract: str, jobs: list[Job]) -> Iterator[Row]:
    """Slot after slot, as time goes by in a studio."""
    rng = Random("bookings")  # noqa: S311 - nothing secret is drawn
    for slot in range(0, len(jobs), JOBS_A_SLOT):
        for person in people:
            job, start, end = jobs[slot + rng.randrange(JOBS_A_SLOT)]
            yield person, contract, job, span(start, end), roles[person % ROLES]


def span(start: date, end: date) -> str:
    return f"[{start},{end}]"


def next_id(model: Any) -> int:
    last: int = model.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    return last + 1


def copy(model: Any, columns: tuple[str, ...], rows: Iterator[Row]) -> None:
    table = sql.Identifier(model._meta.db_table)
    named = sql.SQL(", ").join(map(sql.Identifier, columns))
    with connection.cursor() as cursor:
        with cursor.copy(sql.SQL("COPY {} ({}) FROM STDIN").format(table, named)) as stream:
            for row in rows:
                stream.write_row(row)
        cursor.execute(
            sql.SQL("SELECT setval(pg_get_serial_sequence({}, 'id'), (SELECT max(id) FROM {}))").format(
                sql.Literal(model._meta.db_table), table
            )
        )
        cursor.execute(sql.SQL("ANALYZE {}").format(table))


def tidy() -> None:
    """What autovacuum does within minutes of a load."""
    tables = sql.SQL(", ").join(
        sql.Identifier(model._meta.db_table) for model in (Role, CrewMember, Production, Requirement, Booking)
    )
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL("VACUUM (ANALYZE) {}").format(tables))
