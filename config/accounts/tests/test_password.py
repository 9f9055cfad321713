import pytest
from django.test import Client
from rest_framework.test import APIClient

from config.accounts.models import User
from config.accounts.services import start_family
from config.accounts.tests.conftest import SignIn
from config.accounts.tests.factories import PASSWORD

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
URL = "/api/v1/auth/password"
NEW = "nine green boats"
CHANGE = {"old_password": PASSWORD, "new_password": NEW}
BACKEND = "config.accounts.backends.AccountBackend"


def signed_in(client: Client) -> bool:
    return client.get("/api/v1/me").status_code == 200


@pytest.fixture
def tab(client: Client, user: User) -> Client:
    client.force_login(user, BACKEND)
    return client


def test_the_password_changes(bearer: SignIn, user: User) -> None:
    assert bearer(user).post(URL, CHANGE).status_code == 204
    user.refresh_from_db()
    assert user.check_password(NEW)


@pytest.mark.security
def test_changing_it_by_token_ends_everything_else(bearer: SignIn, tab: Client, user: User) -> None:
    own, other = bearer(user), bearer(user)
    assert not own.post(URL, CHANGE).cookies
    assert [signed_in(own), signed_in(other), signed_in(tab)] == [True, False, False]


@pytest.mark.security
def test_changing_it_by_session_ends_everything_else(bearer: SignIn, tab: Client, user: User) -> None:
    other_browser, client = Client(), bearer(user)
    other_browser.force_login(user, BACKEND)
    assert tab.post(URL, CHANGE, content_type="application/json").status_code == 204
    assert [signed_in(tab), signed_in(other_browser), signed_in(client)] == [True, False, False]


@pytest.mark.security
def test_another_users_session_beside_the_token_stays_theirs(bearer: SignIn, tab: Client) -> None:
    stranger = User.objects.create_user("stranger@studio.example", PASSWORD, display_name="S")
    token = start_family(stranger).access_token
    tab.post(URL, CHANGE, content_type="application/json", HTTP_AUTHORIZATION=f"Bearer {token}")
    assert tab.get("/api/v1/me").json()["email"] != stranger.email


@pytest.mark.security
@pytest.mark.parametrize(
    ("change", "field"),
    [({"old_password": "wrong"}, "old_password"), ({"new_password": "short"}, "new_password")],
)
def test_a_wrong_or_weak_password_is_400(bearer: SignIn, user: User, change: dict[str, str], field: str) -> None:
    answer = bearer(user).post(URL, CHANGE | change)
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["field"] == field


@pytest.mark.security
def test_nobody_has_no_password(api: APIClient, db: None) -> None:
    assert api.post(URL, CHANGE).status_code == 401


@pytest.mark.security
def test_the_page_changes_it_and_ends_everything_else(bearer: SignIn, tab: Client, user: User) -> None:
    client = bearer(user)
    sent = {"old_password": PASSWORD, "new_password1": NEW, "new_password2": NEW}
    answer = tab.post("/password/change/", sent)
    assert answer["Location"] == "/password/change/done/"
    assert [signed_in(tab), signed_in(client)] == [True, False]


def test_the_page_shows_a_wrong_old_password_beside_its_field(tab: Client) -> None:
    sent = {"old_password": "wrong", "new_password1": NEW, "new_password2": NEW}
    answer = tab.post("/password/change/", sent)
    assert answer.context["form"].errors == {"old_password": ["This is not your password."]}
