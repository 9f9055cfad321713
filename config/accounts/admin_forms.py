from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import ValidationError
from unfold.forms import AdminPasswordChangeForm, UserChangeForm, UserCreationForm
from unfold.widgets import (
    UnfoldAdminCheckboxSelectMultipleWidget,
    UnfoldAdminEmailInputWidget,
    UnfoldAdminTextInputWidget,
)

from config.accounts import services
from config.accounts.errors import EmailTaken
from config.accounts.models import User
from config.accounts.roles import ROLES
from crew.models import CalendarToken, CrewMember
from pipeline.errors import Refusal


class FreeEmail(forms.ModelForm):
    """Says beside the field that an e-mail is taken, where the constraint would say it above the form."""

    def clean_email(self) -> str:
        email: str = User.objects.normalize_email(self.cleaned_data["email"])
        if User.objects.with_email(email).exclude(pk=self.instance.pk).exists():
            raise ValidationError(EmailTaken().detail, code="unique")
        return email


class AccountForm(FreeEmail, UserChangeForm):
    class Meta:
        model = User
        fields = (
            *("email", "password", "display_name", "bio", "shortcuts"),
            *("is_active", "is_superuser", "groups"),
        )


class NewAccountForm(FreeEmail, UserCreationForm):
    class Meta:
        model = User
        fields = ("email", "display_name")


class PasswordForm(AdminPasswordChangeForm):
    """A password that an administrator sets signs out every client of its owner."""

    def save(self, commit: bool = True) -> User:
        user: User = super().save(commit)
        services.end_families(user)
        return user


class InviteForm(forms.Form):
    """Whom to invite, and with which roles."""

    email = forms.EmailField(label="E-mail", max_length=254, widget=UnfoldAdminEmailInputWidget)
    display_name = forms.CharField(label="Name", max_length=120, widget=UnfoldAdminTextInputWidget)
    roles = forms.MultipleChoiceField(
        choices=[(role, role) for role in ROLES], required=False, widget=UnfoldAdminCheckboxSelectMultipleWidget
    )

    crew_member = forms.ModelChoiceField(
        CrewMember.objects.filter(user=None),
        required=False,
        label="Crew member",
        help_text="Whose account it is, where it is somebody of the crew: their shots and bookings come with it.",
        widget=AutocompleteSelect(CalendarToken._meta.get_field("crew_member"), admin.site),
    )

    def send(self, *, by: User, site: str) -> bool:
        """Whether the invitation went out; if not, the form says why."""
        given: dict[str, Any] = dict(self.cleaned_data)
        try:
            services.invite_user(given.pop("email"), **given, by=by, site=site)
        except Refusal as refusal:
            self.add_error(refusal.field, refusal.detail)
        except ValidationError as error:
            self.add_error(None, error)
        return self.is_valid()
