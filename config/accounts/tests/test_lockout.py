import datetime
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from axes.models import AccessAttempt
from django.test import Client
from rest_framework.test import APIClient

from config.accounts.models import User
from config.accounts.tests.conftest import SignIn
from config.accounts.tests.factories import PASSWORD, UserFactory
from config.accounts.tests.parallel import at_once

pytestmark = [pytest.mark.security, pytest.mark.django_db]
NOON = datetime.datetime(2026, 6, 1, 12, tzinfo=datetime.UTC)


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


def attempt(user: User, password: str = "wrong", address: str = "192.0.2.1") -> Any:
    sent = {"email": user.email, "password": password}
    return APIClient().post("/api/v1/auth/login", sent, REMOTE_ADDR=address)


def fail(user: User, times: int) -> list[int]:
    return [attempt(user).status_code for _ in range(times)]


def test_the_tenth_failure_is_401_and_the_next_429(user: User) -> None:
    assert fail(user, 11) == [401] * 10 + [429]


def test_the_refusal_says_how_long_to_wait(user: User, clock: time_machine.Traveller) -> None:
    fail(user, 10)
    clock.shift(60)
    answer = attempt(user)
    assert answer["Content-Type"] == "application/problem+json"
    assert int(answer["Retry-After"]) == pytest.approx(14 * 60, abs=1)
    assert answer.json()["code"] == "locked_out"


def test_the_right_password_is_429_too(user: User) -> None:
    fail(user, 10)
    assert attempt(user, PASSWORD).status_code == 429


def test_another_address_may_still_sign_in(user: User) -> None:
    fail(user, 10)
    assert attempt(user, PASSWORD, address="192.0.2.2").status_code == 200


def test_another_case_of_the_email_is_the_same_account(user: User) -> None:
    fail(user, 9)
    user.email = user.email.upper()
    assert fail(user, 2) == [401, 429]


def test_the_lock_opens_after_15_minutes_and_trying_does_not_lengthen_it(
    user: User, clock: time_machine.Traveller
) -> None:
    fail(user, 10)
    clock.shift(14 * 60)
    assert attempt(user, PASSWORD).status_code == 429
    clock.shift(61)
    assert attempt(user, PASSWORD).status_code == 200


def test_signing_in_forgets_the_failures(user: User) -> None:
    fail(user, 9)
    attempt(user, PASSWORD)
    assert fail(user, 10) == [401] * 10


def test_another_browser_does_not_start_anew(user: User) -> None:
    sent = {"email": user.email, "password": "wrong"}
    answers = [
        APIClient().post("/api/v1/auth/login", sent, HTTP_USER_AGENT=f"Browser {number}").status_code
        for number in range(11)
    ]
    assert answers[-1] == 429


def test_an_unknown_email_is_locked_as_well(db: None) -> None:
    assert fail(User(email="nobody@studio.example"), 11)[-1] == 429


def test_the_page_says_so(client: Client, user: User) -> None:
    sent = {"username": user.email, "password": "wrong"}
    statuses = [client.post("/login/", sent).status_code for _ in range(10)]
    answer = client.post("/login/", sent | {"password": PASSWORD})
    assert statuses == [200] * 10
    assert answer.status_code == 429
    assert int(answer["Retry-After"]) > 0
    assert "Too many wrong passwords" in answer.content.decode()


def test_guessing_ones_old_password_is_counted(bearer: SignIn, user: User) -> None:
    client = bearer(user)
    sent = {"old_password": "wrong", "new_password": "nine green boats"}
    statuses = [client.post("/api/v1/auth/password", sent).status_code for _ in range(11)]
    assert statuses == [400] * 10 + [429]


def test_what_was_typed_is_not_kept(client: Client, user: User) -> None:
    client.post("/login/", {"username": user.email, "password": "a secret", "more": "x" * 10_000})
    kept = AccessAttempt.objects.get()
    assert (kept.get_data, kept.post_data, kept.path_info) == ("", "", "/login/")


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_failures_at_once_are_all_counted() -> None:
    user = UserFactory.create()
    assert at_once(8, lambda: attempt(user).status_code) == [401] * 8
    assert AccessAttempt.objects.get().failures_since_start == 8


def test_callers_without_an_address_share_one(user: User) -> None:
    statuses = [attempt(user, address="").status_code for _ in range(11)]
    assert statuses == [401] * 10 + [429]
