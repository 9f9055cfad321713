from typing import Any

from crew.models import Role
from crew.services.transactions import Written, writing
from crew.services.writing import changed, delete_free, saved
from pipeline.services import Actor, demand


def create_role(*, by: Actor, name: str, department: str, dry_run: bool = False) -> Written:
    """A new role. Raises RoleNameTaken when there is one of that name, regardless of case."""
    demand(by, "crew.add_role")
    with writing(by, dry_run=dry_run):
        return shown(saved(Role(name=name, department=department)).pk, dry_run)


def change_role(
    role_id: int, *, by: Actor, expected_version: int | None = None, dry_run: bool = False, **changes: Any
) -> Written:
    """Changes a role, whose row is locked. Raises RoleNameTaken, StaleVersion, Role.DoesNotExist."""
    demand(by, "crew.change_role")
    with writing(by, dry_run=dry_run):
        changed(Role.objects.lock_one(role_id, expected_version=expected_version), changes)
        return shown(role_id, dry_run)


def delete_role(role_id: int, *, by: Actor, dry_run: bool = False) -> Written:
    """Deletes a role that nobody holds, and that no production wants or booked; locks it. Raises StillHolds."""
    demand(by, "crew.delete_role")
    with writing(by, dry_run=dry_run):
        role = Role.objects.select_for_update().get(pk=role_id)
        gone = shown(role_id, dry_run)
        delete_free(role, "Give them another role first.")
    return gone


def shown(role_id: int, dry_run: bool) -> Written:
    return Written(Role.objects.as_rows().get(pk=role_id), dry_run)
