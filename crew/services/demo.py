"""The demo's people: twelve roles, who holds them, and the jobs in the house."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Model
from django.db.models.functions import Upper
from django.utils import timezone

from crew.models import CrewMember, Production, Role
from pipeline.services import Actor

# Each role with its department and its day rate.
ROLES = {
    "Director": ("Direction", "1150.00"),
    "VFX Supervisor": ("Supervision", "980.00"),
    "VFX Producer": ("Production", "870.00"),
    "Production Coordinator": ("Production", "410.00"),
    "Editor": ("Editorial", "640.00"),
    "Compositor": ("Compositing", "560.00"),
    "Roto Artist": ("Roto", "330.00"),
    "Paint Artist": ("Paint", "370.00"),
    "Lighting Artist": ("Lighting", "540.00"),
    "Animator": ("Animation", "550.00"),
    "Layout Artist": ("Layout", "470.00"),
    "FX Artist": ("FX", "610.00"),
}
# The accounts that are somebody of the crew too, by name: role, and days under contract.
LINKED = {
    "producer": ("VFX Producer", 1460),
    "coordinator": ("Production Coordinator", 620),
    "supervisor": ("VFX Supervisor", 2210),
    "artist": ("Compositor", 395),
}
# Everybody else: name, role, days under contract (negative: begins later), days until the last one (None: open).
PEOPLE = {
    "wren": ("Wren Halloway", "Director", 540, 210),
    "ibrahim": ("Ibrahim Solberg", "Director", 300, 330),
    "noor": ("Noor Vandermeer", "VFX Supervisor", 1310, None),
    "teodora": ("Teodora Pike", "VFX Producer", 260, None),
    "lucho": ("Lucho Marchetti-Dunn", "Production Coordinator", 88, None),
    "hana": ("Hana Brightwater", "Editor", 410, 95),
    "emeka": ("Emeka Lindgren", "Editor", 120, None),
    "dilan": ("Dilan Ashcombe", "Compositor", 730, None),
    "yuki": ("Yuki Okonjo", "Compositor", 185, 60),
    "petra": ("Petra Sandoval-Reid", "Compositor", 1020, None),
    "marek": ("Marek Oyelaran", "Roto Artist", 240, 21),
    "sunniva": ("Sunniva Rao", "Roto Artist", 510, None),
    "caleb": ("Caleb Thornquist", "Paint Artist", 670, None),
    "zofia": ("Zofia Adeyemi", "Paint Artist", 150, None),
    "ruben": ("Ruben Castellane", "Lighting Artist", 890, None),
    "linnea": ("Linnea Baptiste", "Lighting Artist", 345, None),
    "farid": ("Farid Montague", "Lighting Artist", 75, 105),
    "greta": ("Greta Nakahill", "Animator", 1180, None),
    "oskar": ("Oskar Delavigne", "Animator", 460, None),
    "amara": ("Amara Fitzwarren", "Animator", 215, 150),
    "jonas": ("Jonas Quintrell", "Layout Artist", 560, None),
    "meera": ("Meera Stavros-Bell", "Layout Artist", 130, None),
    "tove": ("Tove Abernethy", "FX Artist", 975, None),
    "kenji": ("Kenji Moralejo", "FX Artist", 280, None),
    "bruno": ("Bruno Halvorsen-Diaz", "FX Artist", 640, -12),
    "isolde": ("Isolde Marchbanks", "Compositor", -18, 190),
}
# Title, days since the first day, days until the last one.
PRODUCTIONS = {
    "tallow": ("The Tallow Coast: visual effects", 150, 45),
    "copper": ("Copper Meridian: season one", 60, 120),
    "marrow": ("Marrow and Moss: animation", 30, 300),
}


@dataclass(frozen=True)
class DemoCrew:
    """What was made; people and productions by their key in the tables above."""

    roles: list[Role]
    people: dict[str, CrewMember]
    productions: dict[str, Production]

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
    """Makes the demo's roles, people and productions, its dates counted from today.

    A role that is there already, whoever made it, serves as it is. An account that is somebody else of the crew
    already stays so, and the demo's person has none. Runs in the caller's transaction.
    """
    today = timezone.localdate()
    made, roles = make_roles()
    people = [linked(key, accounts, roles, today) for key in LINKED] + [free(key, roles, today) for key in PEOPLE]
    productions = [
        Production(title=title, period=days(today, since, until)) for title, since, until in PRODUCTIONS.values()
    ]
    return DemoCrew(
        roles=made,
        people=dict(zip((*LINKED, *PEOPLE), CrewMember.objects.bulk_create(people), strict=True)),
        productions=dict(zip(PRODUCTIONS, Production.objects.bulk_create(productions), strict=True)),
    )


def remove_crew(*, roles: Collection[int], people: Collection[int], productions: Collection[int]) -> list[int]:
    """Deletes the demo's people and productions, and those of its roles that nobody else holds.

    Answers the roles that stay. Locks all of them against new references. What apps above hang on people and
    productions must be gone or released before. Runs in the caller's transaction.
    """
    CrewMember.objects.filter(pk__in=people).delete()
    Production.objects.filter(pk__in=productions).delete()
    ours = Role.objects.filter(pk__in=roles)
    locked = list(ours.order_by("pk").select_for_update().values_list("pk", flat=True))
    ours.filter(pk__in=locked, members=None).delete()
    return list(ours.values_list("pk", flat=True))


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
