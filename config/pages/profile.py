"""What an account says about itself, and how the product behaves for it."""

from typing import cast

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from config.accounts.models import User
from config.accounts.services import update_profile


class ProfileForm(forms.ModelForm):
    class Meta:
        model = User
        fields = ("display_name", "bio", "shortcuts")
        widgets = {"bio": forms.Textarea(attrs={"rows": 4})}
        help_texts = {
            "display_name": "Stands beside what you write and change.",
            "shortcuts": "Keys without Ctrl or Alt, such as <kbd>j</kbd> and <kbd>x</kbd>. "
            "Turn them off when you speak to your computer or press keys by accident.",
        }


@login_required
def me(request: HttpRequest) -> HttpResponse:
    user = cast(User, request.user)
    form = ProfileForm(request.POST or None, instance=User(pk=user.pk), initial=profile_of(user))
    if request.method == "POST" and form.is_valid():
        update_profile(user.pk, **form.cleaned_data)
        messages.success(request, "Your profile is saved.")
        return redirect("profile")
    return render(request, "config/me.html", {"form": form})


def profile_of(user: User) -> dict[str, object]:
    return {name: getattr(user, name) for name in ProfileForm.Meta.fields}
