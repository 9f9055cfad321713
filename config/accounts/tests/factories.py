from collections.abc import Sequence
from typing import Any

import factory
from django.contrib.auth.models import Group
from factory.django import DjangoModelFactory, Password

from config.accounts.models import TokenFamily, User
from config.accounts.roles import ADMIN

PASSWORD = "seven blue lamps"


class UserFactory(DjangoModelFactory[User]):
    """An account that signs in with PASSWORD; `roles=["artist"]` gives it the studio's roles, "admin" among them."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"person{n}@studio.example")
    display_name = factory.Sequence(lambda n: f"Person {n}")
    password = Password(PASSWORD)

    @factory.post_generation
    def roles(self: User, create: bool, names: Sequence[str] | None, **kwargs: Any) -> None:
        if create and names:
            self.is_superuser = ADMIN in names
            self.save(update_fields=["is_superuser"])
            self.groups.set(Group.objects.filter(name__in=names))
            self.refresh_from_db()


class TokenFamilyFactory(DjangoModelFactory[TokenFamily]):
    class Meta:
        model = TokenFamily

    user = factory.SubFactory(UserFactory)
