from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth.models import Group
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from config.accounts.errors import EmailTaken
from config.accounts.models import User
from config.accounts.roles import ROLES
from config.accounts.services.families import end_families
from pipeline.errors import NotAllowed

DEMO_DOMAIN = "@backlot.test"


def register_user(*, email: str, password: str, display_name: str) -> User:
    """An account without a role, for somebody who comes by.

    Raises ValidationError for a weak password or an address of the demo outside the local default, EmailTaken for
    one that has an account.
    """
    user = User(email=User.objects.normalize_email(email), display_name=display_name)
    refuse_demo_address(email)
    refuse_weak_password(password, user, field="password")
    user.set_password(password)
    return insert_user(user)


def update_profile(pk: UUID, *, expected_version: int | None = None, **changes: Any) -> None:
    """Changes what an account says about itself. Locks its row; raises StaleVersion."""
    with transaction.atomic():
        user = User.objects.lock_one(pk, expected_version=expected_version)
        for name, value in changes.items():
            setattr(user, name, value)
        user.save(update_fields=list(changes))


def change_password(user: User, password: str, *, field: str = "password", keep: UUID | None = None) -> None:
    """Sets a password and signs out every other client; the family `keep` goes on.

    Sessions end by themselves, for they carry a hash of the password: a door that came by one renews its own.
    Raises ValidationError naming `field` for a weak password.
    """
    refuse_weak_password(password, user, field=field)
    user.set_password(password)
    with transaction.atomic():
        user.save(update_fields=["password"])
        end_families(user, but=keep)


def set_roles(user: User, roles: Collection[str], *, by: User) -> None:
    """Gives `user` exactly these of the studio's roles; other groups stay. `is_staff` follows by itself.

    Only an administrator hands out rights: others raise NotAllowed. An unknown role is a ValidationError.
    """
    refuse_others_than_admins(by)
    unknown = set(roles) - set(ROLES)
    if unknown:
        raise ValidationError({"roles": f"There is no role {', '.join(sorted(unknown))}."}, code="unknown")
    with transaction.atomic():
        user.groups.remove(*Group.objects.filter(name__in=set(ROLES) - set(roles)))
        user.groups.add(*Group.objects.filter(name__in=roles))
    user.refresh_from_db(fields=["is_staff"])
    user.__dict__.pop("role_names", None)


def refuse_others_than_admins(by: User) -> None:
    if not by.is_superuser:
        raise NotAllowed("Only an administrator invites people and gives them roles.")


def refuse_weak_password(password: str, user: User, *, field: str) -> None:
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise ValidationError({field: error.error_list}) from None


def refuse_demo_address(email: str) -> None:
    """Whoever registered one in production would keep the server from starting again."""
    if not settings.IS_LOCAL and email.lower().endswith(DEMO_DOMAIN):
        raise ValidationError({"email": f"Addresses that end with {DEMO_DOMAIN} are the demo's."}, code="invalid")


def insert_user(user: User) -> User:
    """Writes a new account; raises EmailTaken, also when two come at once."""
    try:
        with transaction.atomic():
            user.save(force_insert=True)
    except IntegrityError as error:
        if "accounts_user_email_key" in str(error):
            raise EmailTaken from None
        raise
    return user
