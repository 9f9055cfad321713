from typing import TYPE_CHECKING, Any, Self
from uuid import UUID

from django.contrib.auth.models import UserManager
from django.db.models import QuerySet, Value
from django.db.models.functions import Lower
from django.db.models.lookups import Exact

from pipeline.querysets import VersionedQuerySet

if TYPE_CHECKING:
    from config.accounts.models import User

# One statement for everything that a request asks about its caller; `%s` are the family and what picks the user.
CALLER = """
SELECT u.*,
  ARRAY(SELECT g.name FROM accounts_user_groups m JOIN auth_group g ON g.id = m.group_id
        WHERE m.user_id = u.id) AS role_names,
  ARRAY(SELECT c.app_label || '.' || p.codename FROM accounts_user_groups m
        JOIN auth_group_permissions gp ON gp.group_id = m.group_id
        JOIN auth_permission p ON p.id = gp.permission_id
        JOIN django_content_type c ON c.id = p.content_type_id
        WHERE m.user_id = u.id AND NOT u.is_superuser) AS group_permissions,
  ARRAY(SELECT c.app_label || '.' || p.codename FROM accounts_user_user_permissions up
        JOIN auth_permission p ON p.id = up.permission_id
        JOIN django_content_type c ON c.id = p.content_type_id
        WHERE up.user_id = u.id AND NOT u.is_superuser) AS own_permissions
FROM accounts_user u
WHERE u.is_active AND """


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
        going_on = "EXISTS (SELECT FROM accounts_tokenfamily f WHERE f.id = %s AND f.user_id = u.id"
        return self._caller(f"u.id = %s AND {going_on} AND f.ended_at IS NULL)", user_id, family_id)

    def _caller(self, condition: str, *params: Any) -> "User | None":
        for user in self.raw(CALLER + condition, params):
            return remember_rights(user)
        return None


class AccountManager(UserManager["User"].from_queryset(UserQuerySet)):  # type: ignore[misc]
    """Makes accounts known by e-mail."""

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.with_email(username or "").get()

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":  # type: ignore[override]
        """An account; without a password it cannot sign in. Nothing is checked but the database's rules."""
        user = self.model(email=self.normalize_email(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":  # type: ignore[override]
        return self.create_user(email, password, is_superuser=True, is_staff=True, **fields)


class TokenFamilyQuerySet(QuerySet[Any]):
    """Questions about signed-in clients."""

    def going_on(self) -> Self:
        return self.filter(ended_at=None)


def remember_rights(user: Any) -> "User":
    """Fills the caches in which Django keeps what a user may do, so that no question needs another query.

    A superuser's stay empty: every question is answered with yes before they are read.
    """
    if not user.is_superuser:
        user._user_perm_cache = set(user.own_permissions)
        user._group_perm_cache = set(user.group_permissions)
        user._perm_cache = user._user_perm_cache | user._group_perm_cache
    return user
