from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm, PasswordResetForm, SetPasswordForm
from django.contrib.auth.models import AbstractBaseUser
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from config.accounts import services
from config.accounts.errors import WrongCredentials
from config.accounts.models import User

# One mail a minute to one address, however often somebody asks for it.
SECONDS_BETWEEN_MAILS = 60


class SignInForm(AuthenticationForm):
    """Django's form, with the service's answer: LockedOut passes through to the view."""

    def __init__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().__init__(request, *args, **kwargs)
        self.http_request = request
        self.fields["username"].widget = forms.EmailInput(attrs={"autocomplete": "username", "autofocus": True})

    def clean(self) -> dict[str, Any]:
        email, password = self.cleaned_data.get("username"), self.cleaned_data.get("password")
        if email and password:
            try:
                self.user_cache = services.check_password(self.http_request, email, password)
            except WrongCredentials as refusal:
                raise ValidationError(refusal.detail, code="invalid_login") from None
        return self.cleaned_data


class ForgottenPasswordForm(PasswordResetForm):
    def send_mail(self, *args: Any, **kwargs: Any) -> None:
        email = str(self.cleaned_data["email"]).lower()
        if cache.add(f"password-reset:{email}", 1, SECONDS_BETWEEN_MAILS):
            super().send_mail(*args, **kwargs)


class NewPasswordForm(SetPasswordForm):
    """A new password, which signs out every client that holds tokens."""

    def save(self, commit: bool = True) -> User:
        services.change_password(self.user, self.cleaned_data["new_password1"])
        user: User = self.user
        return user


class ChangePasswordForm(NewPasswordForm):
    """As NewPasswordForm, for who is signed in and knows the old one."""

    old_password = forms.CharField(
        label="Old password",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password", "autofocus": True}),
    )
    field_order = ("old_password", "new_password1", "new_password2")

    def __init__(self, user: AbstractBaseUser, *args: Any, request: Any, **kwargs: Any) -> None:
        super().__init__(user, *args, **kwargs)
        self.request = request

    def clean_old_password(self) -> str:
        password = str(self.cleaned_data["old_password"])
        try:
            services.confirm_password(self.request, self.user, password, field="old_password")
        except ValidationError as error:
            raise ValidationError(error.messages) from None
        return password


class InvitationForm(SetPasswordForm):
    """What who was invited says about themselves."""

    display_name = forms.CharField(label="Your name", max_length=120)
    field_order = ("display_name", "new_password1", "new_password2")
