from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.db.models import Model

from catalog.models import Film, MediaItem, MediaState, Menu, Tag
from config.accounts.models import User
from config.accounts.tests.factories import UserFactory
from config.accounts.tests.parallel import at_once
from config.demo import services
from config.demo.errors import DemoElsewhere, SeedingGoesOn
from config.demo.models import DemoRow
from config.demo.services import seed_demo, seed_demo_once
from crew.models import Booking, CrewMember, Production, Requirement, Role
from crew.tests.factories import CrewMemberFactory, ProductionFactory
from rentals.models import Customer, Inventory, Rental
from shows.models import Change, Review, Sequence, Shot, Show, Version
from shows.tests.factories import ReviewFactory, SequenceFactory, ShotFactory, ShowFactory

pytestmark = pytest.mark.django_db
KINDS = {
    "accounts": User, "roles": Role, "crew": CrewMember, "productions": Production, "requirements": Requirement,
    "bookings": Booking, "shows": Show,
    "sequences": Sequence, "shots": Shot, "versions": Version, "reviews": Review, "changes": Change,
    "films": Film, "copies": Inventory, "customers": Customer, "rentals": Rental,
    "media": MediaItem, "tags": Tag, "states": MediaState, "menus": Menu,
}  # fmt: skip


@pytest.fixture
def elsewhere(settings: Any) -> None:
    settings.IS_LOCAL = False


@pytest.fixture
def another_seeding() -> Iterator[None]:
    """Somebody else seeds the demo right now."""
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [services.LOCK])
    yield
    other.close()


def keys(model: type[Model]) -> set[object]:
    return set(model._default_manager.values_list("pk", flat=True))


def test_the_answer_counts_what_was_made() -> None:
    assert seed_demo() == {kind: model._default_manager.count() for kind, model in KINDS.items()}


def test_scale_comes_beside_the_small_demo() -> None:
    small = seed_demo()
    big = seed_demo(scale=200)
    assert (big["shots"], big["reviews"]) == (small["shots"] + 200, small["reviews"] + 1000)
    assert big == {kind: model._default_manager.count() for kind, model in KINDS.items()}


def test_seeding_again_replaces_everything_but_the_accounts() -> None:
    seed_demo(scale=20)
    before = {model: keys(model) for model in KINDS.values()}
    seed_demo()
    assert keys(User) == before.pop(User)
    assert not any(keys(model) & old for model, old in before.items())


@pytest.mark.parametrize("model", [Show, Sequence, Shot, Review, CrewMember, Production, User])
def test_seeding_again_leaves_what_others_made(model: type[Model]) -> None:
    seed_demo()
    shot = ShotFactory(
        assigned_to=CrewMemberFactory(user=UserFactory()), sequence__show__production=ProductionFactory()
    )
    ReviewFactory(shot=shot)
    own = model._default_manager.latest("pk") if model is not User else shot.assigned_to.user
    before = model._default_manager.filter(pk=own.pk).values().get()
    seed_demo()
    assert model._default_manager.filter(pk=own.pk).values().get() == before


def test_seeding_again_takes_what_others_hung_onto_the_demo() -> None:
    counts = seed_demo()
    ShotFactory(sequence=SequenceFactory(show=Show.objects.get(code="TAL")))
    ReviewFactory(shot=Shot.objects.order_by("pk")[0])
    assert seed_demo() == counts
    assert Review.objects.count() == counts["reviews"]


def test_a_demo_show_that_was_renamed_is_replaced_too() -> None:
    seed_demo()
    Show.objects.filter(code="TAL").update(code="OURS")
    seed_demo()
    assert not Show.objects.filter(code="OURS").exists()


def test_a_show_of_others_under_a_code_of_the_demo_stays() -> None:
    own = ShowFactory(code="TAL")
    seed_demo()
    seed_demo()
    assert Show.objects.get(code="TAL") == own
    assert Show.objects.filter(code="TAL_2", title="The Tallow Coast").count() == 1


def test_a_role_that_others_hold_stays_until_they_are_gone() -> None:
    seed_demo()
    role = Role.objects.get(name="Compositor")
    own = CrewMemberFactory(role=role)
    seed_demo()
    assert Role.objects.get(name="Compositor") == role
    own.delete()
    seed_demo()
    assert Role.objects.get(name="Compositor") != role


def test_a_role_of_others_is_never_replaced() -> None:
    own = Role.objects.create(name="Animator", department="Ours")
    seed_demo()
    seed_demo()
    assert Role.objects.get(name="Animator") == own


def test_the_history_says_who_took_the_demos_people_away() -> None:
    seed_demo()
    own = ShotFactory(assigned_to=CrewMember.objects.get(user__email="artist@backlot.test"))
    seed_demo(by=User.objects.get(email="admin@backlot.test"))
    change = Change.objects.get(shot_id=own.pk)
    assert (change.field, change.reason) == ("assigned_to", "The demo was seeded again")
    assert change.by_name == User.objects.get(email="admin@backlot.test").display_name


def test_the_demo_artist_has_shots() -> None:
    seed_demo()
    assert Shot.objects.own(User.objects.get(email="artist@backlot.test")).count() >= 3


def test_a_seeding_that_fails_leaves_the_demo_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    seed_demo()
    before = {model: keys(model) for model in (*KINDS.values(), DemoRow)}
    monkeypatch.setattr(services, "remember", lambda roots: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        seed_demo()
    assert {model: keys(model) for model in before} == before


def test_two_seedings_at_once_are_refused(another_seeding: None) -> None:
    with pytest.raises(SeedingGoesOn):
        seed_demo()
    assert not Show.objects.exists()


@pytest.mark.security
def test_the_demo_is_refused_outside_the_local_default(elsewhere: None) -> None:
    for seed in (seed_demo, seed_demo_once):
        with pytest.raises(DemoElsewhere):
            seed()
    assert not User.objects.exists()


def test_once_seeds_a_database_that_never_had_the_demo() -> None:
    assert seed_demo_once() == {kind: model._default_manager.count() for kind, model in KINDS.items()}


def test_once_leaves_a_database_that_had_the_demo() -> None:
    seed_demo()
    Show.objects.filter(code="TAL").update(code="OURS")
    assert seed_demo_once() is None
    assert Show.objects.filter(code="OURS").exists()


def test_once_does_not_bring_back_what_was_deleted() -> None:
    seed_demo()
    services.remove()
    assert seed_demo_once() is None
    assert not Show.objects.exists()


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_of_two_that_seed_once_one_waits_and_does_nothing() -> None:
    assert sorted(at_once(2, seed_demo_once), key=bool)[0] is None
    assert Show.objects.filter(code__startswith="TAL").count() == 1


@pytest.mark.parametrize("scale", [0, 1])
@pytest.mark.django_db(transaction=True)
def test_the_planner_knows_the_new_tables_after_the_commit(scale: int) -> None:
    counts = seed_demo(scale=scale)
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples FROM pg_class WHERE relname = 'shows_review'")
        assert cursor.fetchone() == (counts["reviews"],)
