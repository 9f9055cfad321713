"""Every write to accounts that has a rule."""

from config.accounts.services.accounts import change_password, register_user, set_roles, update_profile
from config.accounts.services.credentials import check_password, confirm_password, sign_in
from config.accounts.services.demo import DEMO_PASSWORD, DEMO_PEOPLE, seed_demo_accounts
from config.accounts.services.families import (
    SignedIn,
    clear_families,
    end_families,
    end_family,
    refresh_family,
    start_family,
)
from config.accounts.services.invitations import (
    accept_invitation,
    invitation_token,
    invite_again,
    invite_user,
    invited_user,
)

__all__ = [
    "DEMO_PASSWORD",
    "DEMO_PEOPLE",
    "SignedIn",
    "accept_invitation",
    "change_password",
    "check_password",
    "clear_families",
    "confirm_password",
    "end_families",
    "end_family",
    "invitation_token",
    "invite_again",
    "invite_user",
    "invited_user",
    "refresh_family",
    "register_user",
    "seed_demo_accounts",
    "set_roles",
    "sign_in",
    "start_family",
    "update_profile",
]
