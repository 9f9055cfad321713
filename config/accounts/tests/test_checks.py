from collections.abc import Sequence
from typing import Any

import pytest
from django.core.checks import run_checks

from config.accounts.checks import check_demo_accounts
from config.accounts.services import DEMO_PASSWORD, seed_demo_accounts
from config.accounts.tests.factories import UserFactory

pytestmark = [pytest.mark.security, pytest.mark.django_db]


def ids(databases: Sequence[str] | None = None) -> set[str]:
    ours = [message for message in run_checks(databases=databases) if str(message.id).startswith("accounts.")]
    assert all(message.hint for message in ours)
    return {str(message.id) for message in ours}


@pytest.fixture
def production(settings: Any) -> Any:
    settings.ENVIRONMENT = "production"
    settings.IS_LOCAL = False
    settings.SERVICE_TOKENS = {}
    settings.SECRET_KEY = "x" * 60
    return settings


def test_the_local_default_may_be_open() -> None:
    seed_demo_accounts()
    assert ids(["default"]) == set()


def test_a_tidy_production_passes(production: Any) -> None:
    UserFactory.create()
    assert ids(["default"]) == set()


def test_the_sample_service_token_is_refused(production: Any) -> None:
    production.SERVICE_TOKENS = {"dvd_admin": "clerk@studio.example"}
    assert ids() == {"accounts.E001"}


def test_the_sample_secret_key_is_refused(production: Any) -> None:
    production.SECRET_KEY = production.SAMPLE_SECRET_KEY
    assert ids() == {"accounts.E002"}


def test_an_active_demo_account_is_refused_when_databases_are_checked(production: Any) -> None:
    UserFactory.create(email="Producer@Backlot.TEST")
    assert ids(["default"]) == {"accounts.E003"}
    assert ids() == set()


def test_a_disabled_demo_account_passes(production: Any) -> None:
    UserFactory.create(email="producer@backlot.test", is_active=False)
    assert ids(["default"]) == set()


def test_before_the_first_migration_there_is_nothing_to_refuse(
    production: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("django.db.backends.base.introspection.BaseDatabaseIntrospection.table_names", lambda *a: [])
    UserFactory.create(email="producer@backlot.test")
    assert check_demo_accounts(None, databases=["default"]) == []


def test_the_demo_has_an_account_a_role() -> None:
    users = seed_demo_accounts()
    assert {name: user.roles for name, user in users.items()} == {
        **{name: [name] for name in ("producer", "coordinator", "supervisor", "artist", "clerk", "admin")},
        "member": [],
    }
    assert all(user.check_password(DEMO_PASSWORD) for user in users.values())
    assert {name for name, user in users.items() if user.is_staff} == set(users) - {"artist", "member"}


def test_seeding_again_mends_what_was_changed_and_signs_nobody_out() -> None:
    users = seed_demo_accounts()
    users["artist"].set_password("other")
    users["artist"].is_active = False
    users["artist"].save()
    again = seed_demo_accounts()
    assert again["artist"].check_password(DEMO_PASSWORD)
    assert again["artist"].is_active
    assert again["producer"].password == users["producer"].password


def test_production_has_no_demo(production: Any) -> None:
    with pytest.raises(Exception, match="local default alone"):
        seed_demo_accounts()
