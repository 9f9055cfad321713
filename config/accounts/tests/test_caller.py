"""Who calls, in one statement."""

import uuid

import pytest
from django.contrib.auth.models import Permission
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries
from rest_framework.request import Request
from rest_framework.test import APIRequestFactory

from config.accounts.authentication import BearerAuthentication
from config.accounts.models import User
from config.accounts.roles import RIGHTS
from config.accounts.services import start_family
from config.accounts.tests.factories import TokenFamilyFactory, UserFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.mark.performance
def test_a_bearer_token_costs_one_query_with_all_rights(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    token = start_family(UserFactory.create(roles=["producer"])).access_token
    request = Request(APIRequestFactory().get("/", HTTP_AUTHORIZATION=f"Bearer {token}"))
    with django_assert_num_queries(1):
        found = BearerAuthentication().authenticate(request)
        assert found
        user, _ = found
        assert user.has_perms(RIGHTS["producer"])
        assert user.get_all_permissions() == RIGHTS["producer"]
        assert user.roles == ["producer"]


@pytest.mark.performance
def test_a_page_costs_one_query_for_session_and_one_for_its_user(client: Client) -> None:
    client.force_login(UserFactory.create(roles=["artist"]), "config.accounts.backends.AccountBackend")
    with CaptureQueriesContext(connection) as queries:
        assert client.get("/login/").context["user"].has_perm("shows.view_shot")
    about_caller = [query for query in queries if "accounts_" in query["sql"] or "django_session" in query["sql"]]
    assert len(about_caller) == 2


def test_a_permission_of_the_users_own_counts(user: User) -> None:
    user.user_permissions.add(Permission.objects.get(codename="view_user"))
    caller = User.objects.caller(user.pk)
    assert caller is not None
    assert caller.has_perm("accounts.view_user")


def test_a_superuser_is_an_admin_with_every_right() -> None:
    caller = User.objects.caller(UserFactory.create(roles=["admin"]).pk)
    assert caller is not None
    assert caller.roles == ["admin"]
    assert caller.has_perm("shows.add_show")
    assert caller.get_all_permissions() >= frozenset().union(*RIGHTS.values())


@pytest.mark.security
def test_a_disabled_user_is_nobody() -> None:
    family = TokenFamilyFactory.create(user__is_active=False)
    assert User.objects.caller(family.user_id) is None
    assert User.objects.caller_by_email(family.user.email) is None
    assert User.objects.caller_by_family(family.user_id, family.pk) is None


@pytest.mark.security
def test_another_users_family_proves_nothing(user: User) -> None:
    assert User.objects.caller_by_family(user.pk, TokenFamilyFactory.create().pk) is None


def test_somebody_unknown_is_nobody(db: None) -> None:
    assert User.objects.caller(uuid.uuid4()) is None


def test_emails_are_found_whatever_their_case() -> None:
    user = UserFactory.create(email="Ada.Lindqvist@studio.example")
    assert User.objects.with_email("ada.LINDQVIST@STUDIO.example").get() == user


def test_the_shell_makes_a_superuser(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", "seven blue lamps")
    call_command("createsuperuser", email="root@studio.example", display_name="Root", interactive=False, verbosity=0)
    root = User.objects.get()
    assert root.is_staff
    assert root.check_password("seven blue lamps")
