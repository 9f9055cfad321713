from typing import Any

from crew.models import Role
from crew.services.writing import changed, delete_free, saved
from pipeline.services import Actor, attributed, demand


def create_role(*, by: Actor, name: str, department: str) -> Role:
    """A new role. Raises RoleNameTaken when there is one of that name, regardless of case."""
    demand(by, "crew.add_role")
    with attributed(by):
        return saved(Role(name=name, department=department))


def change_role(role_id: int, *, by: Actor, expected_version: int | None = None, **changes: Any) -> Role:
    """Changes a role, whose row is locked. Raises RoleNameTaken, StaleVersion, Role.DoesNotExist."""
    demand(by, "crew.change_role")
    with attributed(by):
        return changed(Role.objects.lock_one(role_id, expected_version=expected_version), changes)


def delete_role(role_id: int, *, by: Actor) -> None:
    """Deletes a role that nobody holds; locks it. Raises StillHolds."""
    demand(by, "crew.delete_role")
    with attributed(by):
        delete_free(Role.objects.select_for_update().get(pk=role_id), "Give them another role first.")
