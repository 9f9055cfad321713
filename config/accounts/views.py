from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.contrib.auth import login, views
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse, reverse_lazy
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.debug import sensitive_post_parameters

from config.accounts import forms, services
from config.accounts.errors import InvitationEnded, LockedOut

BACKEND = "config.accounts.backends.AccountBackend"
protected = method_decorator([sensitive_post_parameters(), csrf_protect, never_cache], name="dispatch")


class LockedOutPage:
    """Turns LockedOut into a page that says when to come back."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return super().dispatch(request, *args, **kwargs)  # type: ignore[misc,no-any-return]
        except LockedOut as refusal:
            return refused(request, refusal.title, refusal.detail, refusal.status, {"Retry-After": refusal.seconds})


@protected
class SignInView(LockedOutPage, views.LoginView):
    template_name = "accounts/sign_in.html"
    authentication_form = forms.SignInForm


class SignOutView(views.LogoutView):
    http_method_names = ["post", "options"]


@protected
class ChangePasswordView(LockedOutPage, views.PasswordChangeView):
    template_name = "accounts/password_change.html"
    form_class = forms.ChangePasswordForm  # type: ignore[assignment]  # stubs know Django's own form only
    success_url = reverse_lazy("password_change_done")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "request": self.request}


class ForgottenPasswordView(views.PasswordResetView):
    template_name = "accounts/password_reset.html"
    email_template_name = "accounts/mail/password_reset.txt"
    subject_template_name = "accounts/mail/password_reset_subject.txt"
    form_class = forms.ForgottenPasswordForm
    success_url = reverse_lazy("password_reset_done")


class NewPasswordView(views.PasswordResetConfirmView):
    template_name = "accounts/password_reset_confirm.html"
    form_class = forms.NewPasswordForm
    success_url = reverse_lazy("password_reset_complete")


@sensitive_post_parameters()
@never_cache
@csrf_protect
def accept_invitation(request: HttpRequest, uid: UUID, token: str) -> HttpResponse:
    """Name and password of who was invited, who is then signed in."""
    try:
        user = services.invited_user(uid, token)
        form = forms.InvitationForm(user, request.POST or None, initial={"display_name": user.display_name})
        if not (request.method == "POST" and form.is_valid()):
            return render(request, "accounts/invitation.html", {"form": form, "user": user})
        given = form.cleaned_data
        user = services.accept_invitation(
            uid, token, display_name=given["display_name"], password=given["new_password1"]
        )
    except InvitationEnded as refusal:
        return refused(request, refusal.title, refusal.detail, refusal.status)
    login(request, user, backend=BACKEND)
    return redirect(settings.LOGIN_REDIRECT_URL)


def admin_sign_in(request: HttpRequest) -> HttpResponseRedirect:
    """The admin has no door of its own: one page, one lock."""
    following = request.GET.get("next") or reverse("admin:index")
    return HttpResponseRedirect(f"{reverse('login')}?{urlencode({'next': following})}")


def refused(
    request: HttpRequest, title: str, detail: str, status: int, headers: dict[str, Any] | None = None
) -> HttpResponse:
    response = render(request, "accounts/refused.html", {"title": title, "detail": detail}, status=status)
    for name, value in (headers or {}).items():
        response.headers[name] = str(value)
    return response
