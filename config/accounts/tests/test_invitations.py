import datetime
import re
from smtplib import SMTPException
from unittest.mock import patch

import pytest
import time_machine
from django.core import mail
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from config.accounts.errors import AlreadyAccepted, EmailTaken, HasAccount, InvitationEnded, MailNotSent
from config.accounts.models import User
from config.accounts.services import accept_invitation, invitation_token, invite_again, invite_user, invited_user
from config.accounts.tests.factories import PASSWORD, UserFactory
from config.accounts.tests.parallel import at_once
from config.tests.admin_pages import signed_in
from crew.models import CrewMember
from crew.tests.factories import CrewMemberFactory
from pipeline.errors import NotAllowed

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
SITE = "https://backlot.example"
ANSWER = {"display_name": "Grace", "new_password1": PASSWORD, "new_password2": PASSWORD}


@pytest.fixture
def admin(db: None) -> User:
    return UserFactory.create(roles=["admin"])


def invite(admin: User, email: str = "grace@studio.example") -> User:
    return invite_user(email, display_name="G.", roles=["artist"], by=admin, site=SITE)


def link_of(message: mail.EmailMessage) -> str:
    found = re.search(rf"{SITE}(\S+)", str(message.body))
    assert found
    return found[1]


def test_an_invitation_sets_name_and_password_and_signs_in(client: Client, admin: User) -> None:
    user = invite(admin)
    link = link_of(mail.outbox[0])
    assert user.email in client.get(link).content.decode()
    assert client.post(link, ANSWER)["Location"] == "/"
    assert client.get("/api/v1/me").json()["display_name"] == "Grace"
    assert client.get("/api/v1/me").json()["roles"] == ["artist"]


@pytest.mark.security
def test_who_is_invited_cannot_sign_in_before(client: Client, admin: User) -> None:
    user = invite(admin)
    assert not user.has_usable_password()
    assert client.post("/login/", {"username": user.email, "password": ""}).status_code == 200


@pytest.mark.security
def test_an_invitation_serves_once(client: Client, admin: User) -> None:
    invite(admin)
    link = link_of(mail.outbox[0])
    client.post(link, ANSWER)
    assert Client().get(link).status_code == 410


@pytest.mark.security
def test_an_invitation_ends_after_a_week(admin: User) -> None:
    now = datetime.datetime(2026, 6, 1, tzinfo=datetime.UTC)
    with time_machine.travel(now, tick=False) as clock:
        user = invite(admin)
        token = invitation_token(user)
        clock.shift(datetime.timedelta(days=7, seconds=-1))
        assert invited_user(user.pk, token) == user
        clock.shift(2)
        with pytest.raises(InvitationEnded):
            invited_user(user.pk, token)


@pytest.mark.security
def test_inviting_again_ends_the_first_link(client: Client, admin: User) -> None:
    user = invite(admin)
    invite_again(user, by=admin, site=SITE)
    statuses = [client.get(link_of(message)).status_code for message in mail.outbox]
    assert statuses == [410, 200]


@pytest.mark.security
@pytest.mark.parametrize("token", ["x", "x:y:z", "%00", "é"])
def test_a_broken_link_is_410(client: Client, user: User, token: str) -> None:
    assert client.get(f"/invitation/{user.pk}/{token}/").status_code == 410


@pytest.mark.security
def test_a_link_is_good_for_its_own_account_only(admin: User) -> None:
    one, other = invite(admin), invite(admin, "other@studio.example")
    with pytest.raises(InvitationEnded):
        invited_user(other.pk, invitation_token(one))


@pytest.mark.security
def test_a_disabled_account_accepts_nothing(admin: User) -> None:
    user = invite(admin)
    User.objects.filter(pk=user.pk).update(is_active=False)
    with pytest.raises(InvitationEnded):
        accept_invitation(user.pk, invitation_token(user), display_name="G", password=PASSWORD)


def test_a_weak_password_is_refused_beside_its_field(client: Client, admin: User) -> None:
    invite(admin)
    answer = client.post(link_of(mail.outbox[0]), ANSWER | {"new_password1": "12345", "new_password2": "12345"})
    assert "new_password2" in answer.context["form"].errors


@pytest.mark.security
@pytest.mark.parametrize("role", ["producer", "clerk"])
def test_only_an_admin_invites(role: str) -> None:
    with pytest.raises(NotAllowed):
        invite(UserFactory.create(roles=[role]))
    assert not User.objects.filter(email__startswith="grace").exists()


def test_a_taken_email_is_refused(admin: User) -> None:
    with pytest.raises(EmailTaken):
        invite(admin, admin.email.upper())


def test_an_unknown_role_is_refused_and_makes_no_account(admin: User) -> None:
    with pytest.raises(ValidationError):
        invite_user("grace@studio.example", display_name="G", roles=["king"], by=admin, site=SITE)
    assert not User.objects.filter(email__startswith="grace").exists()


def test_who_accepted_is_not_invited_again(admin: User, user: User) -> None:
    with pytest.raises(AlreadyAccepted):
        invite_again(user, by=admin, site=SITE)


def test_a_mail_that_does_not_leave_is_told_and_the_account_stays(admin: User) -> None:
    with patch("django.core.mail.EmailMessage.send", side_effect=SMTPException), pytest.raises(MailNotSent):
        invite(admin)
    assert User.objects.filter(email="grace@studio.example").exists()


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_of_many_clicks_on_one_link_one_wins() -> None:
    user = invite(UserFactory.create(roles=["admin"]))
    token = invitation_token(user)

    def accept() -> bool:
        try:
            return bool(accept_invitation(user.pk, token, display_name="G", password=PASSWORD))
        except InvitationEnded:
            return False

    assert sum(at_once(8, accept)) == 1


def test_an_invitation_links_somebody_of_the_crew(admin: User) -> None:
    ada = CrewMemberFactory(full_name="Ada")
    user = invite_user("ada@x.example", display_name="Ada", roles=["artist"], by=admin, site=SITE, crew_member=ada)
    assert CrewMember.objects.get(user=user) == ada


def test_nobody_gets_a_second_account(admin: User) -> None:
    ada = CrewMemberFactory(full_name="Ada", user=UserFactory.create())
    with pytest.raises(HasAccount, match="Ada has an account already"):
        invite_user("ada@x.example", display_name="Ada", roles=[], by=admin, site=SITE, crew_member=ada)
    assert not User.objects.filter(email="ada@x.example").exists()
    assert not mail.outbox


def test_the_admin_invites_somebody_of_the_crew() -> None:
    ada = CrewMemberFactory(full_name="Ada")
    client = signed_in(user=UserFactory.create(is_superuser=True))
    url = reverse("admin:accounts_user_invite")
    assert b"crew_member" in client.get(url).content
    client.post(url, {"email": "ada@x.example", "display_name": "Ada", "roles": ["artist"], "crew_member": ada.pk})
    assert CrewMember.objects.get().user == User.objects.get(email="ada@x.example")


def test_the_admin_offers_nobody_who_has_an_account() -> None:
    taken = CrewMemberFactory(user=UserFactory.create())
    client = signed_in(user=UserFactory.create(is_superuser=True))
    sent = {"email": "ada@x.example", "display_name": "Ada", "crew_member": taken.pk}
    answer = client.post(reverse("admin:accounts_user_invite"), sent)
    assert list(answer.context["form"].errors) == ["crew_member"]
