import pytest
from django.core.exceptions import ValidationError

from config.accounts.models import User
from crew.errors import RoleNameTaken
from crew.models import Role
from crew.services import roles
from crew.tests.factories import CrewMemberFactory, RoleFactory
from pipeline.errors import NotAllowed, StaleVersion, StillHolds

pytestmark = pytest.mark.django_db


def test_a_new_role_has_a_name_and_a_department(coordinator: User) -> None:
    role = roles.create_role(by=coordinator, name="Director", department="Direction")
    assert Role.objects.get(name="Director", department="Direction").pk == role.pk


def test_a_role_without_a_department_is_refused(coordinator: User) -> None:
    with pytest.raises(ValidationError, match="department"):
        roles.create_role(by=coordinator, name="Director", department="")


def test_the_name_of_a_role_is_unique_regardless_of_case(coordinator: User) -> None:
    RoleFactory(name="Director")
    with pytest.raises(RoleNameTaken):
        roles.create_role(by=coordinator, name="DIRECTOR", department="Direction")


def test_a_role_is_not_renamed_to_another_ones_name(coordinator: User) -> None:
    RoleFactory(name="Director")
    with pytest.raises(RoleNameTaken):
        roles.change_role(RoleFactory().pk, by=coordinator, name="director")


def test_a_role_may_change_the_case_of_its_own_name(coordinator: User) -> None:
    role = RoleFactory(name="director")
    assert roles.change_role(role.pk, by=coordinator, name="Director").row["name"] == "Director"


def test_a_change_of_a_role_that_was_changed_meanwhile_is_refused(coordinator: User) -> None:
    with pytest.raises(StaleVersion):
        roles.change_role(RoleFactory().pk, by=coordinator, expected_version=7, name="Director")


def test_a_role_that_somebody_holds_is_not_deleted(coordinator: User) -> None:
    member = CrewMemberFactory()
    with pytest.raises(StillHolds, match="members: 1"):
        roles.delete_role(member.role_id, by=coordinator)


def test_a_role_that_nobody_holds_is_deleted(coordinator: User) -> None:
    roles.delete_role(RoleFactory().pk, by=coordinator)
    assert not Role.objects.exists()


@pytest.mark.security
def test_a_supervisor_writes_no_role(supervisor: User) -> None:
    role = RoleFactory()
    with pytest.raises(NotAllowed):
        roles.create_role(by=supervisor, name="Director", department="Direction")
    with pytest.raises(NotAllowed):
        roles.change_role(role.pk, by=supervisor, name="Director")
    with pytest.raises(NotAllowed):
        roles.delete_role(role.pk, by=supervisor)
