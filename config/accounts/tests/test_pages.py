import re
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from config.accounts.models import User
from config.accounts.tests.factories import PASSWORD, TokenFamilyFactory, UserFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
NEW = "nine green boats"


def credentials(user: User) -> dict[str, str]:
    return {"username": user.email, "password": PASSWORD}


@pytest.mark.smoke
@pytest.mark.parametrize(
    "path", ["/login/", "/password/reset/", "/password/reset/sent/", "/password/reset/done/", "/password/reset/x/y/"]
)
def test_the_pages_for_nobody_are_whole(client: Client, path: str) -> None:
    answer = client.get(path)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert '<html lang="en">' in page
    assert re.search(r"<title>\s*\S", page)
    assert not re.search(r"<style|<script(?! [^>]*src=)|style=|onclick", page)
    assert len(re.findall('<input (?!type="hidden)', page)) == len(re.findall("<label", page))


def test_signing_in_leads_on_and_starts_a_new_session(client: Client, user: User) -> None:
    client.get("/login/")
    client.session["before"] = 1
    before = client.session.session_key
    answer = client.post("/login/?next=/shows/", credentials(user) | {"next": "/shows/"})
    assert answer["Location"] == "/shows/"
    assert client.session.session_key != before


@pytest.mark.security
@pytest.mark.parametrize("address", ["https://evil.example/", "//evil.example", "javascript:alert(1)"])
def test_signing_in_leads_to_no_other_site(client: Client, user: User, address: str) -> None:
    assert client.post("/login/", credentials(user) | {"next": address})["Location"] == "/"


@pytest.mark.security
@pytest.mark.parametrize("change", [{"password": "wrong"}, {"username": "a" * 10_000}, {"username": "\x00@x.example"}])
def test_what_is_wrong_shows_the_form_again(client: Client, user: User, change: dict[str, str]) -> None:
    answer = client.post("/login/", credentials(user) | change)
    assert answer.status_code == 200
    assert answer.context["form"].errors


@pytest.mark.security
def test_a_post_from_another_site_is_refused(user: User) -> None:
    assert Client(enforce_csrf_checks=True).post("/login/", credentials(user)).status_code == 403


def test_signing_out_takes_a_post(client: Client, user: User) -> None:
    client.post("/login/", credentials(user))
    assert client.get("/logout/").status_code == 405
    assert client.post("/logout/")["Location"] == "/login/"
    assert "_auth_user_id" not in client.session


def test_the_admin_has_the_same_door(client: Client) -> None:
    assert client.get("/admin/login/?next=/admin/shows/")["Location"] == "/login/?next=%2Fadmin%2Fshows%2F"
    assert client.post("/admin/password_change/")["Location"] == "/password/change/"


@pytest.mark.security
def test_who_may_not_open_the_admin_is_told_so(client: Client, user: User) -> None:
    client.force_login(user, "config.accounts.backends.AccountBackend")
    answer = client.get("/admin/", follow=True)
    assert "may not open that page" in answer.content.decode()


def link_in(message: Any) -> str:
    found = re.search(r"http://testserver(\S+)", message.body)
    assert found
    return found[1]


@pytest.mark.security
def test_a_forgotten_password_is_set_by_mail(client: Client, user: User) -> None:
    family = TokenFamilyFactory.create(user=user)
    client.post("/password/reset/", {"email": user.email.upper()})
    form = client.get(link_in(mail.outbox[0]), follow=True)
    client.post(form.redirect_chain[-1][0], {"new_password1": NEW, "new_password2": NEW})
    user.refresh_from_db()
    family.refresh_from_db()
    assert user.check_password(NEW)
    assert family.ended_at is not None


@pytest.mark.security
def test_a_link_serves_once(client: Client, user: User) -> None:
    client.post("/password/reset/", {"email": user.email})
    link = link_in(mail.outbox[0])
    form = client.get(link, follow=True)
    client.post(form.redirect_chain[-1][0], {"new_password1": NEW, "new_password2": NEW})
    assert "used already" in Client().get(link, follow=True).content.decode()


@pytest.mark.security
def test_nobody_learns_whose_email_has_an_account(client: Client, user: User) -> None:
    known = client.post("/password/reset/", {"email": user.email})
    unknown = client.post("/password/reset/", {"email": "nobody@studio.example"})
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])


@pytest.mark.security
def test_asking_again_at_once_sends_no_second_mail(client: Client, user: User) -> None:
    for _ in range(3):
        client.post("/password/reset/", {"email": user.email})
    assert len(mail.outbox) == 1


@pytest.mark.security
def test_who_is_disabled_or_only_invited_gets_no_mail(client: Client) -> None:
    for account in (UserFactory.create(is_active=False), UserFactory.create(password=None)):
        client.post("/password/reset/", {"email": account.email})
    assert mail.outbox == []
