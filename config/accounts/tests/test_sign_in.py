from typing import Any
from unittest.mock import patch
from urllib.parse import urlencode

import jwt
import pytest
from django.conf import settings
from django.contrib.auth.hashers import MD5PasswordHasher
from rest_framework.test import APIClient

from config.accounts.models import TokenFamily, User
from config.accounts.services import start_family
from config.accounts.tests.conftest import SignIn
from config.accounts.tests.factories import PASSWORD, UserFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
LOGIN = "/api/v1/auth/login"
TOKEN = "/api/v1/auth/token"


def test_signing_in_answers_tokens_and_the_user(api: APIClient) -> None:
    user = UserFactory.create(roles=["artist"])
    answer = api.post(LOGIN, {"email": user.email, "password": PASSWORD})
    assert answer.status_code == 200
    body = answer.json()
    assert body["user"] == {
        "id": str(user.pk),
        "email": user.email,
        "display_name": user.display_name,
        "roles": ["artist"],
    }
    assert (body["token_type"], body["expires_in"]) == ("bearer", 900)


def test_the_access_token_opens_the_api(api: APIClient, user: User) -> None:
    token = api.post(LOGIN, {"email": user.email.upper(), "password": PASSWORD}).json()["access_token"]
    assert api.get("/api/v1/me", HTTP_AUTHORIZATION=f"Bearer {token}").json()["email"] == user.email


def test_swaggers_password_flow_signs_in(api: APIClient, user: User) -> None:
    sent = {"username": user.email, "password": PASSWORD, "grant_type": "password", "scope": "", "client_id": ""}
    answer = api.post(TOKEN, urlencode(sent), content_type="application/x-www-form-urlencoded")
    assert {"access_token", "token_type"} <= answer.json().keys()


@pytest.mark.security
@pytest.mark.parametrize(
    ("body", "status"),
    [
        ("username=a@studio.example&password=wrong", 401),
        ("username=%00&password=x", 400),
        ("username=%ED%A0%80&password=x", 401),
        ("username=a&password=" + "x" * 10_000, 400),
        ("username=a&password=x&grant_type=implicit", 400),
        ("username=a&password=x&colour=red", 400),
        ("", 400),
    ],
)
def test_the_password_flow_refuses(api: APIClient, db: Any, body: str, status: int) -> None:
    assert api.post(TOKEN, body, content_type="application/x-www-form-urlencoded").status_code == status


def test_the_password_flow_takes_forms_only(api: APIClient, user: User) -> None:
    assert api.post(TOKEN, {"username": user.email, "password": PASSWORD}).status_code == 415


def test_signing_in_with_a_dead_token_in_the_header_works(api: APIClient, user: User) -> None:
    sent = {"email": user.email, "password": PASSWORD}
    assert api.post(LOGIN, sent, HTTP_AUTHORIZATION="Bearer dead").status_code == 200


@pytest.mark.security
def test_nobody_learns_what_was_wrong(api: APIClient, user: User) -> None:
    disabled = UserFactory.create(is_active=False)
    invited = UserFactory.create(password=None)
    attempts = [
        (user.email, "wrong"),
        ("nobody@studio.example", PASSWORD),
        (disabled.email, PASSWORD),
        (invited.email, "None"),
    ]
    answers = [api.post(LOGIN, {"email": email, "password": word}) for email, word in attempts]
    assert [answer.status_code for answer in answers] == [401] * 4
    assert len({answer.json()["detail"] for answer in answers}) == 1
    assert {answer["WWW-Authenticate"] for answer in answers} == {'Bearer realm="api"'}


@pytest.mark.security
@pytest.mark.parametrize("kind", ["wrong password", "unknown", "disabled"])
def test_every_refusal_hashes_once(api: APIClient, user: User, kind: str) -> None:
    disabled = UserFactory.create(is_active=False)
    email = {"wrong password": user.email, "unknown": "no@studio.example", "disabled": disabled.email}[kind]
    with patch.object(MD5PasswordHasher, "encode", autospec=True, side_effect=MD5PasswordHasher.encode) as hashed:
        api.post(LOGIN, {"email": email, "password": "wrong"})
    assert hashed.call_count == 1


@pytest.mark.security
@pytest.mark.parametrize(
    "sent",
    [
        {"email": "a\x00@studio.example", "password": "x"},
        {"email": "a@studio.example", "password": "\x00"},
        {"email": f"{'a' * 10_000}@studio.example", "password": "x"},
        {"email": "a@studio.example", "password": "x" * 10_000},
        {"email": ["a@studio.example"], "password": {}},
        {"email": None, "password": None},
        [],
        "text",
    ],
)
def test_odd_input_is_a_mistake_of_the_caller(api: APIClient, db: Any, sent: Any) -> None:
    assert api.post(LOGIN, sent).status_code == 400


@pytest.mark.security
def test_a_lone_surrogate_is_a_mistake_of_the_caller(api: APIClient, db: Any) -> None:
    body = r'{"email": "a@studio.example", "password": "\ud800"}'
    assert api.post(LOGIN, body, content_type="application/json").status_code == 400


@pytest.mark.security
@pytest.mark.parametrize("token", ["", "x", "a.b.c", "é", "\udcff", "dvd_admin x", "Bearer"])
def test_a_broken_token_is_401(api: APIClient, db: Any, token: str) -> None:
    answer = api.get("/api/v1/me", HTTP_AUTHORIZATION=f"Bearer {token}")
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"].startswith("Bearer")


@pytest.mark.security
def test_a_refresh_token_is_no_access_token(api: APIClient, user: User) -> None:
    token = start_family(user).refresh_token
    assert api.get("/api/v1/me", HTTP_AUTHORIZATION=f"Bearer {token}").status_code == 401


@pytest.mark.security
@pytest.mark.parametrize("change", [{"sub": "x"}, {"sub": None}, {"fam": "x"}, {"fam": 7}, {"jti": []}, {"exp": "x"}])
def test_a_signed_token_with_odd_claims_is_401(api: APIClient, user: User, change: dict[str, Any]) -> None:
    good = jwt.decode(start_family(user).access_token, settings.SECRET_KEY, algorithms=["HS256"])
    token = jwt.encode(good | change, settings.SECRET_KEY, algorithm="HS256")
    assert api.get("/api/v1/me", HTTP_AUTHORIZATION=f"Bearer {token}").status_code == 401


@pytest.mark.security
def test_an_unsigned_token_is_401(api: APIClient, user: User) -> None:
    good = jwt.decode(start_family(user).access_token, settings.SECRET_KEY, algorithms=["HS256"])
    token = jwt.encode(good, "", algorithm="none")
    assert api.get("/api/v1/me", HTTP_AUTHORIZATION=f"Bearer {token}").status_code == 401


@pytest.mark.security
def test_a_disabled_user_is_out_at_once(bearer: SignIn, user: User) -> None:
    client = bearer(user)
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert client.get("/api/v1/me").status_code == 401


@pytest.mark.security
def test_a_deleted_user_is_out_at_once(bearer: SignIn, user: User) -> None:
    client = bearer(user)
    user.delete()
    assert client.get("/api/v1/me").status_code == 401
    assert not TokenFamily.objects.exists()
