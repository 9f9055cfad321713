from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Self
from uuid import UUID

from django.conf import settings
from django.contrib.auth.models import UserManager
from django.db import connections
from django.db.models import Q, QuerySet, Value
from django.db.models.functions import Lower
from django.db.models.lookups import Exact
from django.utils import timezone

from pipeline.querysets import VersionedQuerySet

if TYPE_CHECKING:
    from config.accounts.models import TokenFamily, User  # noqa: F401  (the base class names it)

# Everything that a request asks about its caller, in one statement. The function is the migration's: PostgreSQL keeps
# the plan of what is in a function, and planning these joins anew took longer than running them.
CALLER = """
SELECT {columns}, r.role_names, r.group_permissions, r.own_permissions
FROM accounts_user u CROSS JOIN LATERAL accounts_rights(u.id) r
WHERE u.is_active AND {condition}
"""
FAMILY_GOES_ON = """EXISTS (
    SELECT FROM accounts_tokenfamily f WHERE f.id = %s AND f.user_id = u.id AND f.ended_at IS NULL
)"""


class UserQuerySet(VersionedQuerySet["User"]):
    """Questions about accounts."""

    def with_email(self, email: str) -> Self:
        """The account of this e-mail, regardless of case."""
        return self.filter(Exact(Lower("email"), Lower(Value(email))))

    def caller(self, user_id: UUID) -> "User | None":
        """The active user `user_id` with roles and permissions at hand, in one statement."""
        return self._caller("u.id = %s", user_id)

    def caller_by_email(self, email: str) -> "User | None":
        """As `caller`, for who is known by e-mail."""
        return self._caller("lower(u.email) = lower(%s)", email)

    def caller_by_family(self, user_id: UUID, family_id: UUID) -> "User | None":
        """As `caller`, while the token's family goes on."""
        return self._caller(f"u.id = %s AND {FAMILY_GOES_ON}", user_id, family_id)

    def callers(self, user_ids: Iterable[UUID]) -> "dict[UUID, User]":
        """As `caller`, for many, by their ids."""
        return {user.pk: user for user in self._callers("u.id = ANY(%s)", list(user_ids))}

    def _caller(self, condition: str, *params: Any) -> "User | None":
        return next(iter(self._callers(condition, *params)), None)

    def _callers(self, condition: str, *params: Any) -> "list[User]":
        fields = self.model._meta.concrete_fields
        columns = ", ".join(f'u."{field.column}"' for field in fields)
        with connections[self.db].cursor() as cursor:
            cursor.execute(CALLER.format(columns=columns, condition=condition), params)
            rows = cursor.fetchall()
        names = [field.attname for field in fields]
        return [_with_rights(self.model.from_db(self.db, names, row[: len(names)]), *row[len(names) :]) for row in rows]


class AccountManager(UserManager["User"].from_queryset(UserQuerySet)):  # type: ignore[misc]
    """Makes accounts known by e-mail."""

    def get_by_natural_key(self, username: str | None) -> "User":
        found: User = self.with_email(username or "").get()
        return found

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """An account; without a password it cannot sign in. Nothing is checked but the database's rules."""
        user: User = self.model(email=self.normalize_email(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, is_superuser=True, is_staff=True, **fields)


class TokenFamilyQuerySet(QuerySet["TokenFamily"]):
    """Questions about signed-in clients."""

    def going_on(self) -> Self:
        return self.filter(ended_at=None)

    def dead(self) -> Self:
        """Ended, or so long unused that the newest refresh token has run out."""
        oldest = timezone.now() - settings.REFRESH_TOKEN_LIFETIME
        return self.filter(Q(ended_at__isnull=False) | Q(rotated_at__lt=oldest))


def _with_rights(user: "User", role_names: list[str], by_group: list[str], own: list[str]) -> "User":
    """Fills the caches in which Django keeps what a user may do, so that no question needs another query.

    A superuser's stay empty: what Django asks for is answered with yes before they are read.
    """
    user.role_names = role_names
    if not user.is_superuser:
        cache: dict[str, Any] = user.__dict__
        cache["_user_perm_cache"] = set(own)
        cache["_group_perm_cache"] = set(by_group)
        cache["_perm_cache"] = {*own, *by_group}
    return user
