import datetime
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from rest_framework.test import APIClient

from config.accounts.models import TokenFamily, User
from config.accounts.services import SignedIn, start_family
from config.accounts.tests.factories import TokenFamilyFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
NOON = datetime.datetime(2026, 6, 1, 12, tzinfo=datetime.UTC)


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


@pytest.fixture
def first(user: User) -> SignedIn:
    return start_family(user)


def refresh(token: str) -> Any:
    return APIClient().post("/api/v1/auth/refresh", {"refresh_token": token})


def me(token: str) -> int:
    return APIClient().get("/api/v1/me", HTTP_AUTHORIZATION=f"Bearer {token}").status_code


def test_a_refresh_answers_new_tokens(first: SignedIn) -> None:
    answer = refresh(first.refresh_token)
    assert answer.status_code == 200
    assert answer.json()["refresh_token"] != first.refresh_token
    assert me(answer.json()["access_token"]) == 200


@pytest.mark.security
def test_the_old_token_is_dead(first: SignedIn) -> None:
    refresh(first.refresh_token)
    assert refresh(first.refresh_token).status_code == 401


def test_a_double_click_leaves_the_family_alive(first: SignedIn, clock: time_machine.Traveller) -> None:
    newest = refresh(first.refresh_token).json()["refresh_token"]
    clock.shift(10)
    refresh(first.refresh_token)
    assert refresh(newest).status_code == 200


@pytest.mark.security
def test_using_an_old_token_later_ends_the_family(first: SignedIn, clock: time_machine.Traveller) -> None:
    answer = refresh(first.refresh_token).json()
    clock.shift(10.5)
    assert refresh(first.refresh_token).status_code == 401
    assert refresh(answer["refresh_token"]).status_code == 401
    assert me(answer["access_token"]) == 401


def test_a_late_double_click_of_two_refreshes_ago_leaves_the_family_alive(first: SignedIn) -> None:
    second = refresh(first.refresh_token).json()["refresh_token"]
    third = refresh(second).json()["refresh_token"]
    refresh(first.refresh_token)
    assert refresh(third).status_code == 200


@pytest.mark.security
def test_another_family_of_the_user_goes_on(first: SignedIn, clock: time_machine.Traveller) -> None:
    other = start_family(first.user)
    refresh(first.refresh_token)
    clock.shift(11)
    refresh(first.refresh_token)
    assert me(other.access_token) == 200


@pytest.mark.security
def test_an_access_token_refreshes_nothing(first: SignedIn) -> None:
    assert refresh(first.access_token).status_code == 401


@pytest.mark.security
@pytest.mark.parametrize("token", ["x", "a.b.c", "é" * 100])
def test_a_broken_token_is_401(db: None, token: str) -> None:
    answer = refresh(token)
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"].startswith("Bearer")


@pytest.mark.security
def test_a_disabled_user_cannot_refresh(first: SignedIn) -> None:
    User.objects.update(is_active=False)
    assert refresh(first.refresh_token).status_code == 401


@pytest.mark.security
def test_a_deleted_user_cannot_refresh(first: SignedIn) -> None:
    first.user.delete()
    assert refresh(first.refresh_token).status_code == 401


@pytest.mark.security
@pytest.mark.parametrize(("seconds", "status"), [(14 * 86_400 - 1, 200), (14 * 86_400 + 1, 401)])
def test_a_refresh_token_lives_14_days(
    first: SignedIn, clock: time_machine.Traveller, seconds: int, status: int
) -> None:
    clock.shift(seconds)
    assert refresh(first.refresh_token).status_code == status


@pytest.mark.security
@pytest.mark.parametrize(("seconds", "status"), [(899, 200), (901, 401)])
def test_an_access_token_lives_15_minutes(
    first: SignedIn, clock: time_machine.Traveller, seconds: int, status: int
) -> None:
    clock.shift(seconds)
    assert me(first.access_token) == status


@pytest.mark.security
def test_signing_out_ends_both_tokens(api: APIClient, first: SignedIn) -> None:
    answers = [api.post("/api/v1/auth/logout", {"refresh_token": first.refresh_token}) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [204, 204]
    assert refresh(first.refresh_token).status_code == 401
    assert me(first.access_token) == 401


def test_signing_out_with_a_broken_token_is_401(api: APIClient, db: None) -> None:
    assert api.post("/api/v1/auth/logout", {"refresh_token": "x"}).status_code == 401


def test_cleaning_up_deletes_dead_families_only(clock: time_machine.Traveller) -> None:
    alive = TokenFamilyFactory.create()
    TokenFamilyFactory.create(ended_at=NOON)
    TokenFamilyFactory.create(rotated_at=NOON - datetime.timedelta(days=15))
    call_command("clear_accounts")
    assert list(TokenFamily.objects.all()) == [alive]


def test_a_family_forgets_what_is_older_than_the_grace(first: SignedIn, clock: time_machine.Traveller) -> None:
    token = first.refresh_token
    for _ in range(5):
        token = refresh(token).json()["refresh_token"]
        clock.shift(6)
    assert len(TokenFamily.objects.get().rotated) == 2
