"""How the demo's studio is made, and removed again."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Model
from django.db.models.functions import Upper
from django.utils import timezone

from crew.models import Booking, CrewMember, Production, Requirement, Role
from crew.services.demo.cast import LINKED, PEOPLE, ROLES
from crew.services.demo.plans import AWAY, PRODUCTIONS, Plan
from pipeline.services import Actor


@dataclass(frozen=True)
class DemoCrew:
    """What was made; people and productions by their key in the tables above."""

    roles: list[Role]
    people: dict[str, CrewMember]
    productions: dict[str, Production]

    @property
    def requirements(self) -> int:
        """How many roles the productions want."""
        return Requirement.objects.filter(production__in=self.productions.values()).count()

    @property
    def bookings(self) -> int:
        """How often the people are bound, days off included."""
        return Booking.objects.filter(crew_member__in=self.people.values()).count()

    @property
    def roots(self) -> dict[type[Model], list[int]]:
        """The rows on which all of it hangs, for the next seeding to remove."""
        rows: dict[type[Model], Collection[Model]] = {
            Role: self.roles,
            CrewMember: self.people.values(),
            Production: self.productions.values(),
        }
        return {model: [row.pk for row in made] for model, made in rows.items()}


def seed_crew(accounts: Mapping[str, Actor]) -> DemoCrew:
    """Makes the demo's roles, people, days off and productions, its dates counted from today.

    There is a conflict to try: when "Kestrel Bay: reshoots" is to begin a week earlier, it is refused, because Hana
    Brightwater cuts "Harbour Lights: trailer" until then; `on_conflict=replace` lets another editor stand in. "The Long
    Weekend: previs" has open places. A role that is there already, whoever made it, serves as it is. An account that
    is somebody else of the crew already stays so, and the demo's person has none. Nobody but the demo's own people is
    booked. Runs in the caller's transaction.
    """
    today = timezone.localdate()
    made, roles = make_roles()
    rows = [linked(key, accounts, roles, today) for key in LINKED] + [free(key, roles, today) for key in PEOPLE]
    people = dict(zip((*LINKED, *PEOPLE), CrewMember.objects.bulk_create(rows), strict=True))
    productions = make_productions(people, roles, today)
    book_teams(people, productions)
    send_away(people, today)
    return DemoCrew(roles=made, people=people, productions=productions)


def remove_crew(*, roles: Collection[int], people: Collection[int], productions: Collection[int]) -> list[int]:
    """Deletes the demo's people and productions with their bookings, and those of its roles that others do not need.

    Answers the roles that stay: those that somebody else holds, or that another production wants or booked. Locks all
    of them against new references. What apps above hang on people and productions must be gone or released before.
    Runs in the caller's transaction.
    """
    Production.objects.filter(pk__in=productions).delete()
    Booking.objects.filter(crew_member__in=people).delete()
    CrewMember.objects.filter(pk__in=people).delete()
    ours = Role.objects.filter(pk__in=roles)
    locked = list(ours.order_by("pk").select_for_update().values_list("pk", flat=True))
    ours.filter(pk__in=locked, members=None, requirements=None, bookings=None).delete()
    return list(ours.values_list("pk", flat=True))


def make_productions(people: Mapping[str, CrewMember], roles: Mapping[str, Role], today: date) -> dict[str, Production]:
    rows = [Production(title=plan.title, period=days(today, plan.since, plan.until)) for plan in PRODUCTIONS.values()]
    made = dict(zip(PRODUCTIONS, Production.objects.bulk_create(rows), strict=True))
    Requirement.objects.bulk_create(
        Requirement(production=made[key], role_id=role, count=count)
        for key, plan in PRODUCTIONS.items()
        for role, count in wanted(plan, people, roles).items()
    )
    return made


def wanted(plan: Plan, people: Mapping[str, CrewMember], roles: Mapping[str, Role]) -> Counter[int]:
    """How many of each role the production wants: its team, and what is open."""
    team = Counter(people[key].role_id for key in plan.team)
    return team + Counter({roles[name].pk: number for name, number in plan.open})


def book_teams(people: Mapping[str, CrewMember], made: Mapping[str, Production]) -> None:
    """The demo's own people and nobody else, whoever is free."""
    Booking.objects.bulk_create(
        Booking(
            crew_member=people[who],
            employment=people[who].employment,
            production=made[key],
            period=made[key].period,
            role_id=people[who].role_id,
        )
        for key, plan in PRODUCTIONS.items()
        for who in plan.team
    )


def send_away(people: Mapping[str, CrewMember], today: date) -> None:
    Booking.objects.bulk_create(
        Booking(
            crew_member=people[away.who],
            employment=people[away.who].employment,
            period=days(today, -away.first, away.last),
            reason=away.reason,
        )
        for away in AWAY
    )


def make_roles() -> tuple[list[Role], dict[str, Role]]:
    """The roles that were not there, and all twelve by name."""
    there = Role.objects.annotate(upper=Upper("name")).filter(upper__in=[name.upper() for name in ROLES])
    found: dict[str, Role] = {role.name.upper(): role for role in there}
    made = Role.objects.bulk_create(
        Role(name=name, department=department) for name, (department, _) in ROLES.items() if name.upper() not in found
    )
    found |= {role.name.upper(): role for role in made}
    return made, {name: found[name.upper()] for name in ROLES}


def linked(key: str, accounts: Mapping[str, Actor], roles: Mapping[str, Role], today: date) -> CrewMember:
    account = accounts[key]
    role, since = LINKED[key]
    person = member(account.display_name, role, roles, days(today, since, None))
    if not CrewMember.objects.filter(user=account.pk).exists():
        person.user_id = account.pk
    return person


def free(key: str, roles: Mapping[str, Role], today: date) -> CrewMember:
    name, role, since, until = PEOPLE[key]
    person = member(name, role, roles, days(today, since, until))
    person.email = f"{name.lower().replace(' ', '.')}@crew.backlot.test"
    return person


def member(name: str, role: str, roles: Mapping[str, Role], employment: DateRange) -> CrewMember:
    _, rate = ROLES[role]
    return CrewMember(full_name=name, role=roles[role], employment=employment, day_rate=Decimal(rate))


def days(today: date, since: int, until: int | None) -> DateRange:
    """From so many days ago to in so many days, both included; None is open."""
    end = None if until is None else today + timedelta(days=until + 1)
    return DateRange(today - timedelta(days=since), end)
