from collections.abc import Collection, Mapping

import pytest
from django.db.models import Model
from django.utils import timezone

from config.accounts.models import User
from config.accounts.tests.factories import UserFactory
from crew.models import CrewMember, Production, Role
from crew.services.demo import LINKED, DemoCrew, remove_crew, seed_crew
from crew.tests.factories import CrewMemberFactory, RoleFactory

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


def test_the_demo_has_people_in_many_departments_and_three_productions(demo: DemoCrew) -> None:
    departments = set(CrewMember.objects.values_list("role__department", flat=True))
    assert (len(demo.people) >= 24, len(departments) >= 10, len(demo.productions)) == (True, True, 3)


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
