from collections.abc import Collection, Mapping
from datetime import timedelta
from typing import Any

import pytest
from django.db.models import Model
from django.utils import timezone

from config.accounts.models import User
from config.accounts.tests.factories import UserFactory
from crew.errors import DatesClash
from crew.models import Booking, CrewMember, Production, Requirement, Role
from crew.services import productions
from crew.services.demo import LINKED, DemoCrew, remove_crew, seed_crew
from crew.tests.factories import BookingFactory, CrewMemberFactory, ProductionFactory, RoleFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def accounts() -> dict[str, User]:
    return {key: UserFactory.create(display_name=f"The {key}") for key in LINKED}


@pytest.fixture
def demo(accounts: dict[str, User]) -> DemoCrew:
    return seed_crew(accounts)


def removed(roots: Mapping[type[Model], Collection[int]]) -> list[int]:
    return remove_crew(roles=roots[Role], people=roots[CrewMember], productions=roots[Production])


def test_the_demo_has_twelve_roles_that_somebody_holds(demo: DemoCrew) -> None:
    assert len(demo.roles) == 12
    assert not Role.objects.filter(members=None).exists()


def test_the_demo_has_people_in_many_departments(demo: DemoCrew) -> None:
    assert len(set(CrewMember.objects.values_list("role__department", flat=True))) >= 10


def test_the_rows_pass_the_checks_of_their_models(demo: DemoCrew) -> None:
    rows = (*demo.roles, *demo.people.values(), *demo.productions.values())
    for row in rows:
        row.full_clean(validate_unique=False)
    assert rows


def test_some_contracts_have_ended_and_some_begin_later(demo: DemoCrew) -> None:
    today = timezone.localdate()
    employed = CrewMember.objects.employed_on(today)
    assert CrewMember.objects.filter(employment__endswith__lte=today).count() == 1
    assert CrewMember.objects.filter(employment__startswith__gt=today).count() == 1
    assert employed.count() == len(demo.people) - 2


def test_an_account_of_the_crew_is_its_person(demo: DemoCrew, accounts: dict[str, User]) -> None:
    artist = demo.people["artist"]
    assert (artist.user, artist.full_name, artist.role.department) == (accounts["artist"], "The artist", "Compositing")


def test_an_account_that_is_somebody_already_stays_so(accounts: dict[str, User]) -> None:
    own = CrewMemberFactory(user=accounts["artist"])
    demo = seed_crew(accounts)
    own.refresh_from_db()
    assert (own.user, demo.people["artist"].user) == (accounts["artist"], None)


def test_a_role_that_is_there_serves_as_it_is(accounts: dict[str, User]) -> None:
    own = RoleFactory(name="compositor", department="Our own")
    demo = seed_crew(accounts)
    assert own not in demo.roles
    assert demo.people["artist"].role == own


def test_removing_takes_all_that_was_made(demo: DemoCrew) -> None:
    assert removed(demo.roots) == []
    assert not CrewMember.objects.exists()
    assert not Role.objects.exists()
    assert not Production.objects.exists()


def test_removing_leaves_a_role_that_others_hold(demo: DemoCrew) -> None:
    held = demo.roles[0]
    own = CrewMemberFactory(role=held)
    assert removed(demo.roots) == [held.pk]
    assert list(CrewMember.objects.all()) == [own]


def test_removing_a_person_leaves_the_account(demo: DemoCrew, accounts: dict[str, User]) -> None:
    removed(demo.roots)
    assert User.objects.filter(pk=accounts["artist"].pk).exists()


def test_sixty_people_of_whom_many_are_booked(demo: DemoCrew) -> None:
    assert len(demo.people) == 60
    assert CrewMember.objects.filter(booking__production__isnull=False).distinct().count() >= 30
    assert Booking.objects.time_off().count() == 7


def test_every_production_has_whom_it_wants_but_for_one_with_open_places(demo: DemoCrew) -> None:
    rows = Production.objects.as_rows()
    assert len(rows) >= 10
    assert {row["title"]: row["open_requirements"] for row in rows if row["open_requirements"]} == {
        "The Long Weekend: previs": {"Layout Artist": 2}
    }


def test_moving_kestrel_bay_forward_is_refused_and_a_stand_in_offered(demo: DemoCrew, producer: User) -> None:
    kestrel = demo.productions["kestrel"]
    week_earlier: dict[str, Any] = {"start": kestrel.start - timedelta(days=7), "end": kestrel.end - timedelta(days=7)}
    with pytest.raises(DatesClash) as refused:
        productions.change_production(kestrel.pk, by=producer, **week_earlier)
    clash = refused.value.facts["clashes"][0]
    assert (clash["crew_member"]["full_name"], clash["production"]["title"]) == (
        "Hana Brightwater", "Harbour Lights: trailer",
    )  # fmt: skip
    assert clash["stand_ins"]
    assert productions.change_production(kestrel.pk, by=producer, on_conflict="replace", **week_earlier).booked


def test_removing_leaves_a_role_that_others_want_or_booked(demo: DemoCrew) -> None:
    wanted, booked = demo.roles[:2]
    production = ProductionFactory()
    Requirement.objects.create(production=production, role=wanted, count=1)
    BookingFactory(production=production, role=booked)
    assert removed(demo.roots) == sorted([wanted.pk, booked.pk])


def test_the_demo_books_nobody_else(accounts: dict[str, User]) -> None:
    own = CrewMemberFactory(role=RoleFactory(name="Editor"))
    seed_crew(accounts)
    assert not own.bookings.exists()


def test_removing_takes_the_demos_people_from_productions_of_others(demo: DemoCrew) -> None:
    own = ProductionFactory()
    BookingFactory(production=own, crew_member=demo.people["noor"])
    removed(demo.roots)
    assert list(Production.objects.all()) == [own]
    assert not Booking.objects.exists()
