import uuid
from functools import cached_property
from typing import ClassVar

import pgtrigger
from django.contrib.auth.models import AbstractBaseUser, PermissionsMixin
from django.db import models
from django.db.models.functions import Lower, Now
from django.utils import timezone

from config.accounts import roles
from config.accounts.querysets import AccountManager, TokenFamilyQuerySet
from pipeline.models import VersionedModel, counting_changes

STAFF_NAMES = ", ".join(f"'{name}'" for name in roles.STAFF_ROLES)


class User(VersionedModel, AbstractBaseUser, PermissionsMixin):
    """A person or a service that signs in by e-mail."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField("e-mail", max_length=254)
    display_name = models.CharField(max_length=120)
    bio = models.TextField(max_length=2000, blank=True)
    shortcuts = models.BooleanField("single-key shortcuts", default=True)
    is_staff = models.BooleanField(
        "may open the admin", default=False, editable=False, help_text="Follows the roles by itself."
    )
    is_active = models.BooleanField("active", default=True, help_text="Untick this instead of deleting an account.")
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    objects = AccountManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["display_name"]

    class Meta:
        ordering = ("email",)
        constraints = (
            models.UniqueConstraint(
                Lower("email"), name="accounts_user_email_key", violation_error_message="This e-mail is taken."
            ),
        )
        triggers = (
            # Signing in is no change that somebody else's edit could overwrite.
            counting_changes(but="last_login"),
            pgtrigger.Trigger(
                name="keep_staff",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=f"""
                    NEW.is_staff = NEW.is_superuser OR EXISTS (
                        SELECT FROM accounts_user_groups m JOIN auth_group g ON g.id = m.group_id
                        WHERE m.user_id = NEW.id AND g.name IN ({STAFF_NAMES})
                    );
                    RETURN NEW;
                """,
            ),
        )

    def __str__(self) -> str:
        return self.display_name or self.email

    def get_full_name(self) -> str:
        """What Django and the admin's theme call a person."""
        return self.display_name

    @cached_property
    def role_names(self) -> list[str]:
        """The names of the user's groups; a request's caller brings them along."""
        return list(self.groups.values_list("name", flat=True))

    @property
    def roles(self) -> list[str]:
        """The studio's roles that the user holds; groups that a studio adds for itself are none."""
        held = [role for role in roles.ROLES if role in self.role_names]
        return [roles.ADMIN, *held] if self.is_superuser else held


class Membership(User.groups.through):  # type: ignore[name-defined]
    """Watches who joins and leaves a group, by whatever door, so that `is_staff` follows."""

    class Meta:
        proxy = True
        default_permissions = ()
        triggers = (
            pgtrigger.Trigger(
                name="tell_user",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                declare=[("touched", "uuid")],
                func="""
                    FOR touched IN SELECT DISTINCT unnest(ARRAY[OLD.user_id, NEW.user_id]) LOOP
                        UPDATE accounts_user SET is_staff = is_staff WHERE id = touched;
                    END LOOP;
                    RETURN NULL;
                """,
            ),
        )


class TokenFamily(models.Model):
    """One signed-in client: the line of refresh tokens that began with one sign-in.

    Only the newest of them is good. `rotated` keeps when the last few before it were used up, so that a client's
    double click is told from a thief.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="token_families")
    current = models.UUIDField(default=uuid.uuid4)
    rotated = models.JSONField(default=dict)
    rotated_at = models.DateTimeField(default=timezone.now)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    ended_at = models.DateTimeField(null=True)
    user_agent = models.CharField(max_length=200, blank=True)

    objects = TokenFamilyQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "token families"
        ordering = ("-created_at",)
        indexes = (models.Index("rotated_at", name="accounts_tokenfamily_rotated"),)

    def __str__(self) -> str:
        return f"{self.user_agent or 'a client'} since {self.created_at:%Y-%m-%d}"
