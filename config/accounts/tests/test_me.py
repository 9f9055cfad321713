from typing import Any

import pytest
from rest_framework.test import APIClient

from config.accounts.models import User
from config.accounts.roles import RIGHTS
from config.accounts.tests.conftest import SignIn
from config.accounts.tests.factories import UserFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
ME = "/api/v1/me"


def test_me_tells_who_i_am_and_what_i_may_do(bearer: SignIn) -> None:
    user = UserFactory.create(roles=["supervisor"], bio="Lights.")
    body = bearer(user).get(ME).json()
    assert (body["id"], body["email"], body["bio"], body["shortcuts"]) == (str(user.pk), user.email, "Lights.", True)
    assert body["roles"] == ["supervisor"]
    assert body["permissions"] == sorted(RIGHTS["supervisor"])
    assert "password" not in body


def test_an_admin_has_every_permission(bearer: SignIn) -> None:
    body = bearer(UserFactory.create(roles=["admin"])).get(ME).json()
    assert body["roles"] == ["admin"]
    assert set(body["permissions"]) > RIGHTS["producer"]


@pytest.mark.parametrize(
    "change", [{"display_name": "New"}, {"bio": ""}, {"bio": "x" * 2000}, {"shortcuts": False}, {}]
)
def test_name_biography_and_shortcuts_can_change(bearer: SignIn, user: User, change: dict[str, Any]) -> None:
    answer = bearer(user).patch(ME, change)
    assert answer.status_code == 200
    assert {name: answer.json()[name] for name in change} == change


@pytest.mark.security
@pytest.mark.parametrize(
    "change",
    [
        {"display_name": ""},
        {"display_name": None},
        {"bio": "x" * 2001},
        {"bio": None},
        {"bio": "\x00"},
        {"shortcuts": "perhaps"},
        {"is_superuser": True},
        {"password": "x"},
    ],
)
def test_bad_changes_are_400(bearer: SignIn, user: User, change: dict[str, Any]) -> None:
    assert bearer(user).patch(ME, change).status_code == 400


@pytest.mark.security
def test_what_is_only_read_is_ignored(bearer: SignIn, user: User) -> None:
    answer = bearer(user).patch(ME, {"email": "other@studio.example", "roles": ["producer"], "permissions": []})
    assert answer.status_code == 200
    assert (answer.json()["email"], answer.json()["roles"]) == (user.email, [])


def test_a_stale_if_match_is_412(bearer: SignIn, user: User) -> None:
    client = bearer(user)
    tag = client.get(ME)["ETag"]
    assert client.patch(ME, {"bio": "1"}, HTTP_IF_MATCH=tag).status_code == 200
    assert client.patch(ME, {"bio": "2"}, HTTP_IF_MATCH=tag).status_code == 412


def test_signing_in_is_no_change(bearer: SignIn, user: User) -> None:
    tag = bearer(user).get(ME)["ETag"]
    APIClient().post("/login/", {"username": user.email, "password": "seven blue lamps"}, format="multipart")
    user.refresh_from_db()
    assert user.last_login is not None
    assert bearer(user).get(ME)["ETag"] == tag


@pytest.mark.security
def test_nobody_has_no_me(api: APIClient) -> None:
    answer = api.get(ME)
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"] == 'Bearer realm="api"'


@pytest.mark.security
def test_a_session_needs_its_csrf_token_to_write(user: User) -> None:
    client = APIClient(enforce_csrf_checks=True)
    client.force_login(user, "config.accounts.backends.AccountBackend")
    assert client.get(ME).status_code == 200
    assert client.patch(ME, {"bio": "x"}).status_code == 403
    client.get("/password/change/")
    token = client.cookies["csrftoken"].value
    assert client.patch(ME, {"bio": "x"}, HTTP_X_CSRFTOKEN=token).status_code == 200


@pytest.mark.security
def test_a_services_token_speaks_as_its_account(api: APIClient, settings: Any, user: User) -> None:
    settings.SERVICE_TOKENS = {"first": "no@studio.example", "key-of-a-service": user.email.upper()}
    assert api.get(ME, HTTP_AUTHORIZATION="Bearer key-of-a-service").json()["id"] == str(user.pk)
    assert api.get(ME, HTTP_AUTHORIZATION="bearer  key-of-a-service ").status_code == 200
    assert api.get(ME, HTTP_AUTHORIZATION="Bearer key-of-a-servic").status_code == 401
    assert api.get(ME, HTTP_AUTHORIZATION="Bearer first").status_code == 401
