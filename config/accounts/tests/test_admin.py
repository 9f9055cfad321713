import pytest
from django.contrib.auth.models import Group, Permission
from django.core import mail
from django.test import Client
from django.urls import reverse

from config.accounts.models import User
from config.accounts.tests.factories import PASSWORD, TokenFamilyFactory, UserFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
LIST = "/admin/accounts/user/"


@pytest.fixture
def admin(client: Client) -> Client:
    client.force_login(UserFactory.create(roles=["admin"]), "config.accounts.backends.AccountBackend")
    return client


@pytest.fixture
def staff(client: Client) -> Client:
    """Staff whom a studio lets change accounts."""
    user = UserFactory.create(roles=["producer"])
    user.user_permissions.set(Permission.objects.filter(content_type__app_label="accounts"))
    client.force_login(user, "config.accounts.backends.AccountBackend")
    return client


def form_of(user: User, **changes: object) -> dict[str, object]:
    names = ("email", "display_name", "bio")
    return {name: getattr(user, name) for name in names} | {"is_active": "on", "shortcuts": "on"} | changes


def change(client: Client, user: User, **changes: object) -> list[str]:
    """The errors of the form."""
    answer = client.post(f"{LIST}{user.pk}/change/", form_of(user, **changes))
    user.refresh_from_db()
    return [] if answer.status_code == 302 else list(answer.context["adminform"].form.errors)


def test_accounts_are_found_by_name_and_by_role(admin: Client, user: User) -> None:
    UserFactory.create(display_name="Zora", roles=["artist"])
    artists = Group.objects.get(name="artist").pk
    for query in ("q=zora", f"groups__id__exact={artists}"):
        found = admin.get(f"{LIST}?{query}").context["cl"].result_list
        assert [account.display_name for account in found] == ["Zora"]


@pytest.mark.performance
def test_the_list_costs_the_same_for_many(admin: Client, django_assert_max_num_queries: object) -> None:
    UserFactory.create_batch(20, roles=["artist"])
    with django_assert_max_num_queries(10):  # type: ignore[operator]
        admin.get(LIST)


def test_a_staff_role_opens_the_admin(admin: Client, user: User) -> None:
    assert not change(admin, user, groups=[Group.objects.get(name="clerk").pk])
    assert user.roles == ["clerk"]
    assert user.is_staff


def test_a_taken_email_is_refused_beside_its_field(admin: Client, user: User) -> None:
    assert change(admin, user, email=UserFactory.create().email.upper()) == ["email"]


def test_an_account_is_added_with_a_password(admin: Client) -> None:
    sent = {"email": "new@Studio.Example", "display_name": "New", "usable_password": "true"}
    admin.post(f"{LIST}add/", sent | {"password1": PASSWORD, "password2": PASSWORD})
    assert User.objects.get(email="new@studio.example").check_password(PASSWORD)


@pytest.mark.security
def test_a_password_set_for_somebody_signs_them_out(admin: Client) -> None:
    family = TokenFamilyFactory.create()
    url = reverse("admin:auth_user_password_change", args=[family.user_id])
    assert admin.get(url).status_code == 200
    admin.post(url, {"password1": "nine green boats", "password2": "nine green boats", "usable_password": "true"})
    family.refresh_from_db()
    assert family.user.check_password("nine green boats")
    assert family.ended_at is not None


def test_an_admin_invites(admin: Client) -> None:
    sent = {"email": "grace@studio.example", "display_name": "Grace", "roles": ["artist", "clerk"]}
    assert admin.get(f"{LIST}invite/").status_code == 200
    assert admin.post(f"{LIST}invite/", sent).status_code == 302
    assert User.objects.get(email="grace@studio.example").roles == ["artist", "clerk"]
    assert "http://testserver/invitation/" in mail.outbox[0].body


def test_a_refused_invitation_says_why(admin: Client, user: User) -> None:
    answer = admin.post(f"{LIST}invite/", {"email": user.email, "display_name": "X"})
    assert answer.context["form"].errors == {"email": ["There is an account with this e-mail already."]}


def test_invitations_are_sent_again(admin: Client, user: User) -> None:
    invited = UserFactory.create(password=None)
    sent = {"action": "invite_again", "_selected_action": [invited.pk, user.pk], "confirmed": "yes"}
    page = admin.post(LIST, sent, follow=True).content.decode()
    assert [message.to for message in mail.outbox] == [[invited.email]]
    assert "has a password already" in page


@pytest.mark.security
def test_others_than_admins_give_no_rights(staff: Client, user: User) -> None:
    assert not change(staff, user, is_superuser="on", groups=[Group.objects.get(name="clerk").pk])
    assert not user.is_superuser
    assert user.roles == []
    assert staff.get(f"{LIST}invite/").status_code == 403


@pytest.mark.security
def test_others_than_admins_leave_admins_alone(staff: Client) -> None:
    admin = UserFactory.create(roles=["admin"])
    url = reverse("admin:auth_user_password_change", args=[admin.pk])
    sent = {"password1": PASSWORD, "password2": PASSWORD}
    assert staff.post(f"{LIST}{admin.pk}/change/", form_of(admin, email="x@x.example")).status_code == 403
    assert staff.post(f"{LIST}{admin.pk}/delete/", {"post": "yes"}).status_code == 403
    assert staff.post(url, sent).status_code == 403


@pytest.mark.security
@pytest.mark.parametrize("role", ["producer", "supervisor", "clerk"])
def test_accounts_are_the_admins_alone(client: Client, role: str) -> None:
    client.force_login(UserFactory.create(roles=[role]), "config.accounts.backends.AccountBackend")
    assert client.get(LIST).status_code == 403


def test_the_products_roles_are_read_only(admin: Client) -> None:
    role = Group.objects.get(name="artist")
    own = Group.objects.create(name="interns")
    assert admin.post(f"/admin/auth/group/{role.pk}/change/", {"name": "king"}).status_code == 403
    assert admin.post(f"/admin/auth/group/{own.pk}/change/", {"name": "trainees"}).status_code == 302


def test_signed_in_clients_are_listed(admin: Client) -> None:
    family = TokenFamilyFactory.create(user_agent="curl/8")
    assert "curl/8" in admin.get("/admin/accounts/tokenfamily/").content.decode()
    assert admin.get(f"/admin/accounts/tokenfamily/{family.pk}/change/").status_code == 200
    assert admin.get("/admin/accounts/tokenfamily/add/").status_code == 403
