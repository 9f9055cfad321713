import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command

from config.accounts.models import User
from config.accounts.roles import RIGHTS, ROLES, STAFF_ROLES, may, roles_with
from config.accounts.tests.factories import UserFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def stored_rights() -> dict[str, set[str]]:
    return {
        group.name: {
            f"{p.content_type.app_label}.{p.codename}" for p in group.permissions.select_related("content_type")
        }
        for group in Group.objects.filter(name__in=ROLES)
    }


def test_every_permission_of_the_table_exists() -> None:
    known = {f"{label}.{name}" for label, name in Permission.objects.values_list("content_type__app_label", "codename")}
    assert frozenset().union(*RIGHTS.values()) <= known


def test_the_groups_hold_exactly_what_the_table_says() -> None:
    assert stored_rights() == {role: set(rights) for role, rights in RIGHTS.items()}


def test_migrating_mends_a_role_that_somebody_changed() -> None:
    artist = Group.objects.get(name="artist")
    artist.permissions.set(Permission.objects.filter(content_type__app_label="auth"))
    call_command("migrate", verbosity=0)
    assert stored_rights()["artist"] == RIGHTS["artist"]


def test_migrating_leaves_a_studios_own_groups_alone() -> None:
    own = Group.objects.create(name="interns")
    own.permissions.set(Permission.objects.filter(content_type__app_label="shows")[:3])
    call_command("migrate", verbosity=0)
    assert own.permissions.count() == 3


@pytest.mark.django_db(transaction=True)
def test_a_flush_brings_the_groups_back() -> None:
    call_command("flush", verbosity=0, interactive=False)
    assert stored_rights() == {role: set(rights) for role, rights in RIGHTS.items()}


@pytest.mark.parametrize("role", ROLES)
def test_staff_are_supervisors_coordinators_producers_and_clerks(role: str) -> None:
    assert UserFactory.create(roles=[role]).is_staff is (role in STAFF_ROLES)


def test_leaving_the_last_staff_role_closes_the_admin() -> None:
    user = UserFactory.create(roles=["clerk", "artist"])
    Group.objects.get(name="clerk").user_set.clear()
    user.refresh_from_db()
    assert not user.is_staff


def test_deleting_a_role_closes_the_admin() -> None:
    user = UserFactory.create(roles=["clerk"])
    Group.objects.get(name="clerk").delete()
    user.refresh_from_db()
    assert not user.is_staff


def test_a_stale_row_that_is_saved_keeps_staff_right() -> None:
    stale = UserFactory.create()
    User.objects.get(pk=stale.pk).groups.add(Group.objects.get(name="producer"))
    stale.save()
    assert User.objects.get(pk=stale.pk).is_staff


def test_a_bulk_update_cannot_make_somebody_staff() -> None:
    user = UserFactory.create()
    User.objects.filter(pk=user.pk).update(is_staff=True)
    user.refresh_from_db()
    assert not user.is_staff


@pytest.mark.unit
def test_may_names_permissions() -> None:
    assert may("view add", "shows.shot") == {"shows.view_shot", "shows.add_shot"}


@pytest.mark.unit
@pytest.mark.parametrize(
    ("permission", "holders"),
    [
        ("crew.view_day_rate", ("producer", "admin")),
        ("shows.import_shots", ("coordinator", "producer", "admin")),
        ("shows.set_own_shot_status", ("artist", "admin")),
        ("accounts.view_user", ("admin",)),
    ],
)
def test_the_holders_of_a_permission_are_named(permission: str, holders: tuple[str, ...]) -> None:
    assert roles_with(permission) == holders
