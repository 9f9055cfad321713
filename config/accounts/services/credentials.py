from django.contrib.auth import authenticate, user_logged_in
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from config.accounts import lockout
from config.accounts.errors import LockedOut, WrongCredentials
from config.accounts.models import User
from config.accounts.services.families import SignedIn, start_family


def check_password(request: HttpRequest, email: str, password: str) -> User:
    """The active account of `email` and `password`, whatever the case of the e-mail.

    Raises WrongCredentials, in the same time whatever was wrong, or LockedOut after too many of these from the
    request's address; then the password is not even looked at.
    """
    seconds = lockout.seconds_locked(request, email)
    if seconds:
        raise LockedOut(seconds)
    user = authenticate(lockout.without_content(request), username=email, password=password)
    if not isinstance(user, User):
        raise WrongCredentials
    return user


def sign_in(request: HttpRequest, email: str, password: str) -> SignedIn:
    """A new token family for who knows the password. Raises as `check_password`."""
    user = check_password(request, email, password)
    user_logged_in.send(sender=User, request=request, user=user)
    return start_family(user, user_agent=request.headers.get("User-Agent", ""))


def confirm_password(request: HttpRequest, user: User, password: str, *, field: str) -> None:
    """That the signed-in `user` knows the own password; a wrong one counts towards the lock as on signing in.

    Raises ValidationError naming `field`, or LockedOut.
    """
    try:
        check_password(request, user.email, password)
    except WrongCredentials:
        raise ValidationError({field: ValidationError("This is not your password.", code="wrong_password")}) from None
