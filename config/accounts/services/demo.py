from collections.abc import Collection

from django.conf import settings
from django.contrib.auth.models import Group
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction

from config.accounts.models import User
from config.accounts.roles import ADMIN, ROLES
from config.accounts.services.accounts import DEMO_DOMAIN

DEMO_PASSWORD = "demo-backlot"  # noqa: S105  (known to everybody, and refused in production)
# The part before the @, which names the role too, and the person.
DEMO_PEOPLE = {
    "producer": "Paula Reyes",
    "coordinator": "Cleo Hart",
    "supervisor": "Sam Okafor",
    "artist": "Ada Lindqvist",
    "clerk": "Chris Moreau",
    "member": "Mika Tan",
    ADMIN: "Alex Romano",
}


def seed_demo_accounts() -> dict[str, User]:
    """Makes or mends the demo's accounts, one a role and one without; by the name of the role.

    Whoever is signed in with one stays so: a password that is right already is left alone. Raises
    ImproperlyConfigured outside the local default, for everybody knows that password.
    """
    if not settings.IS_LOCAL:
        raise ImproperlyConfigured("The demo accounts belong to the local default alone (BACKLOT_ENV=local).")
    with transaction.atomic():
        found = {user.email.lower(): user for user in User.objects.filter(email__iendswith=DEMO_DOMAIN)}
        users = {name: found.get(name + DEMO_DOMAIN) or User(email=name + DEMO_DOMAIN) for name in DEMO_PEOPLE}
        _set_demo_password(users.values())
        for name, user in users.items():
            _mend(user, name)
    return users


def _set_demo_password(users: Collection[User]) -> None:
    """All share one hash, so that it is computed and checked once."""
    right = next((user.password for user in users if user.password and user.check_password(DEMO_PASSWORD)), None)
    for user in users:
        if right is None:
            user.set_password(DEMO_PASSWORD)
            right = user.password
        user.password = right


def _mend(user: User, name: str) -> None:
    user.display_name = DEMO_PEOPLE[name]
    user.is_active, user.is_superuser = True, name == ADMIN
    user.save()
    user.groups.set(Group.objects.filter(name=name, name__in=ROLES))
    user.refresh_from_db(fields=["is_staff", "row_version"])
