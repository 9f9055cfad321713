from collections.abc import Collection
from smtplib import SMTPException
from uuid import UUID

from django.conf import settings
from django.core.mail import send_mail
from django.core.signing import BadSignature, TimestampSigner
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac

from config.accounts.errors import AlreadyAccepted, HasAccount, InvitationEnded, MailNotSent
from config.accounts.models import User
from config.accounts.services.accounts import (
    change_password,
    insert_user,
    refuse_demo_address,
    refuse_others_than_admins,
    set_roles,
)
from crew.models import CrewMember
from crew.services.people import change_member

SALT = "accounts.invitation"


def invite_user(
    email: str,
    *,
    display_name: str,
    roles: Collection[str],
    by: User,
    site: str,
    crew_member: CrewMember | None = None,
) -> User:
    """An account with `roles` whose owner sets the password by a link that is mailed; before, nobody can sign in.

    `site` is where the link leads (`https://backlot.example`); the account is linked to `crew_member`, who is locked.
    Only administrators invite: raises NotAllowed; also EmailTaken, HasAccount for somebody of the crew who has an
    account, ValidationError for an unknown role, and MailNotSent once the account is there.
    """
    refuse_others_than_admins(by)
    refuse_demo_address(email)
    user = User(email=User.objects.normalize_email(email), display_name=display_name)
    user.set_unusable_password()
    with transaction.atomic():
        insert_user(user)
        set_roles(user, roles, by=by)
        if crew_member is not None:
            _link(crew_member, user, by=by)
    _mail(user, by=by, site=site)
    return user


def invite_again(user: User, *, by: User, site: str) -> None:
    """A new link, from which on the earlier ones are dead. Raises NotAllowed, AlreadyAccepted, MailNotSent."""
    refuse_others_than_admins(by)
    if user.has_usable_password():
        raise AlreadyAccepted
    user.set_unusable_password()
    user.save(update_fields=["password"])
    _mail(user, by=by, site=site)


def invited_user(pk: UUID, token: str) -> User:
    """Whom a link invites. Raises InvitationEnded when it was used, is too old, or never was ours."""
    return _checked(User.objects.filter(pk=pk, is_active=True).first(), token)


def accept_invitation(pk: UUID, token: str, *, display_name: str, password: str) -> User:
    """Sets name and password of who was invited. Locks the account, so that a link serves once.

    Raises InvitationEnded, or ValidationError for a weak password.
    """
    with transaction.atomic():
        user = _checked(User.objects.locked().filter(pk=pk, is_active=True).first(), token)
        user.display_name = display_name
        user.save(update_fields=["display_name"])
        change_password(user, password)
    return user


def invitation_token(user: User) -> str:
    """Good until the account's password or e-mail changes, and for INVITATION_LIFETIME."""
    return TimestampSigner(salt=SALT).sign(_fingerprint(user))


def _link(crew_member: CrewMember, user: User, *, by: User) -> None:
    if CrewMember.objects.lock_one(crew_member.pk).user_id is not None:
        raise HasAccount(crew_member.full_name)
    change_member(crew_member.pk, by=by, user=user)


def _checked(user: User | None, token: str) -> User:
    try:
        signed = TimestampSigner(salt=SALT).unsign(token, max_age=settings.INVITATION_LIFETIME)
    except BadSignature:
        raise InvitationEnded from None
    if user is None or user.has_usable_password() or not constant_time_compare(signed, _fingerprint(user)):
        raise InvitationEnded
    return user


def _fingerprint(user: User) -> str:
    return salted_hmac(SALT, f"{user.pk}{user.password}{user.email}").hexdigest()[:32]


def _mail(user: User, *, by: User, site: str) -> None:
    link = site + reverse("invitation", args=[user.pk, invitation_token(user)])
    context = {"user": user, "by": by, "link": link, "days": settings.INVITATION_LIFETIME.days}
    text = render_to_string("accounts/mail/invitation.txt", context)
    try:
        send_mail("You are invited to Backlot", text, None, [user.email])
    except (SMTPException, OSError):
        raise MailNotSent(user.email) from None
