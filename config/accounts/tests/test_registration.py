from typing import Any

import pytest
from django.test import override_settings
from rest_framework.test import APIClient

from config.accounts.errors import EmailTaken
from config.accounts.models import User
from config.accounts.services import register_user
from config.accounts.tests.factories import PASSWORD, UserFactory
from config.accounts.tests.parallel import at_once

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
REGISTER = "/api/v1/auth/register"
ADA = {"email": "Ada@Studio.Example", "password": PASSWORD, "display_name": "Ada"}


@pytest.mark.regression
def test_registering_answers_tokens_of_an_account_without_a_role(api: APIClient) -> None:
    answer = api.post(REGISTER, ADA)
    assert answer.status_code == 201
    assert answer["Location"] == "/api/v1/me"
    assert answer.json()["user"]["roles"] == []
    token = answer.json()["access_token"]
    assert api.get("/api/v1/me", HTTP_AUTHORIZATION=f"Bearer {token}").json()["display_name"] == "Ada"


def test_a_taken_email_is_409_whatever_its_case(api: APIClient) -> None:
    UserFactory.create(email="ADA@studio.example")
    answer = api.post(REGISTER, ADA)
    assert answer.status_code == 409
    assert answer.json()["code"] == "already_exists"
    assert answer.json()["errors"][0]["field"] == "email"


@pytest.mark.parametrize("password", ["short", "12345678901", "password123", "ada@studio.example", "x" * 201])
def test_a_weak_password_is_400_and_names_its_field(api: APIClient, password: str) -> None:
    answer = api.post(REGISTER, ADA | {"password": password})
    assert answer.status_code == 400
    assert {error["field"] for error in answer.json()["errors"]} == {"password"}


def test_blanks_around_a_password_count(api: APIClient) -> None:
    api.post(REGISTER, ADA | {"password": f" {PASSWORD} "})
    assert User.objects.get().check_password(f" {PASSWORD} ")


@pytest.mark.security
@pytest.mark.parametrize(
    "change",
    [
        {"email": "x"},
        {"email": f"{'a' * 250}@x.example"},
        {"email": "a\x00@x.example"},
        {"display_name": ""},
        {"display_name": "x" * 121},
        {"is_superuser": True},
        {"roles": ["producer"]},
        {"password": None},
    ],
)
def test_bad_input_is_400_and_makes_no_account(api: APIClient, change: dict[str, Any]) -> None:
    assert api.post(REGISTER, ADA | change).status_code == 400
    assert not User.objects.exists()


@pytest.mark.security
def test_the_61st_registration_of_an_hour_is_429(api: APIClient) -> None:
    statuses = [api.post(REGISTER, {}).status_code for _ in range(61)]
    assert statuses == [400] * 60 + [429]
    assert api.post(REGISTER, {}, REMOTE_ADDR="192.0.2.9").status_code == 400


@pytest.mark.security
def test_production_has_no_addresses_of_the_demo(api: APIClient) -> None:
    with override_settings(IS_LOCAL=False):
        answer = api.post(REGISTER, ADA | {"email": "evil@BACKLOT.test"})
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["field"] == "email"


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_of_many_registrations_of_one_email_one_wins() -> None:
    def register() -> bool:
        try:
            return bool(register_user(email="ada@studio.example", password=PASSWORD, display_name="Ada"))
        except EmailTaken:
            return False

    assert sum(at_once(8, register)) == 1
