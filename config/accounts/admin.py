from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from unfold.admin import ModelAdmin
from unfold.decorators import action

from config.accounts import admin_forms, services
from config.accounts.models import TokenFamily, User
from config.accounts.roles import ROLES
from pipeline.admin import Question, answer, ask
from pipeline.errors import Refusal

# Each invitation is an e-mail, which is sent before the page answers.
MOST_INVITED = 20
RIGHTS = ("is_superuser", "groups")


@admin.register(User)
class AccountAdmin(UserAdmin, ModelAdmin):
    """Accounts; who is no administrator sees rights, but hands out none, and leaves administrators alone."""

    form = admin_forms.AccountForm
    add_form = admin_forms.NewAccountForm
    change_password_form = admin_forms.PasswordForm
    list_display = ("email", "display_name", "role_list", "is_active", "last_login")
    list_filter = ("groups", "is_active", "is_superuser")
    search_fields = ("email", "display_name")
    ordering = ("email",)
    readonly_fields = ("is_staff", "last_login", "created_at")
    filter_horizontal = ()
    autocomplete_fields = ("groups",)
    fieldsets = (
        (None, {"fields": ("email", "password", "display_name", "bio", "shortcuts")}),
        ("Rights", {"fields": ("is_active", "is_staff", *RIGHTS)}),
        ("Dates", {"fields": ("last_login", "created_at")}),
    )
    add_fieldsets = ((None, {"fields": ("email", "display_name", "usable_password", "password1", "password2")}),)
    actions = ("invite_again",)
    actions_list = ("invite",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        return super().get_queryset(request).prefetch_related("groups")

    @admin.display(description="roles")
    def role_list(self, user: User) -> str:
        user.role_names = [group.name for group in user.groups.all()]
        return ", ".join(user.roles) or "none"

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        own = tuple(super().get_readonly_fields(request, obj))
        return own if request.user.is_superuser else (*own, *RIGHTS)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return spares_admins(request, obj) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return spares_admins(request, obj) and super().has_delete_permission(request, obj)

    @action(description="Invite somebody", url_path="invite", permissions=["invite"])
    def invite(self, request: HttpRequest) -> HttpResponse:
        form = admin_forms.InviteForm(request.POST or None)
        if request.method == "POST" and form.is_valid() and form.send(by=editor(request), site=site_of(request)):
            messages.success(request, f"An invitation is on its way to {form.cleaned_data['email']}.")
            return redirect("admin:accounts_user_changelist")
        context = self.admin_site.each_context(request) | {
            "form": form,
            "media": self.media + form.media,
            "opts": self.opts,
            "title": "Invite somebody",
        }
        return render(request, "accounts/admin_invite.html", context)

    def has_invite_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.is_superuser)

    @admin.action(description="Send the invitation again", permissions=["invite"])
    def invite_again(self, request: HttpRequest, queryset: QuerySet[User]) -> HttpResponse | None:
        rows = list(queryset[: MOST_INVITED + 1])
        if len(rows) > MOST_INVITED:
            messages.error(request, f"Choose at most {MOST_INVITED} accounts at once, then repeat.")
            return None
        form = forms.Form(answer(request))
        if not form.is_valid():
            effects = [(user.email, inviting(user)) for user in rows]
            return ask(self, request, form, Question("Invite again", "What will happen", effects, "Send the e-mails"))
        for user in rows:
            try:
                services.invite_again(user, by=editor(request), site=site_of(request))
                messages.success(request, f"An invitation is on its way to {user.email}.")
            except Refusal as refusal:
                messages.error(request, f"{user.email}: {refusal.detail}")
        return None


def inviting(user: User) -> str:
    if user.has_usable_password():
        return "has a password already: gets nothing"
    return "gets an e-mail with a new link; earlier links end"


def spares_admins(request: HttpRequest, user: Any) -> bool:
    return bool(user is None or not user.is_superuser or request.user.is_superuser)


def editor(request: HttpRequest) -> User:
    """Who works in the admin: nobody else gets as far as its views."""
    assert isinstance(request.user, User)  # noqa: S101
    return request.user


def site_of(request: HttpRequest) -> str:
    return request.build_absolute_uri("/").rstrip("/")


admin.site.unregister(Group)


@admin.register(Group)
class StudioGroupAdmin(GroupAdmin, ModelAdmin):
    """A studio may add groups of its own; what the product's roles allow is the product's."""

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return not is_role(obj) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return not is_role(obj) and super().has_delete_permission(request, obj)


def is_role(group: Any) -> bool:
    return group is not None and group.name in ROLES


@admin.register(TokenFamily)
class TokenFamilyAdmin(ModelAdmin):
    """Which clients are signed in."""

    list_display = ("user", "user_agent", "created_at", "rotated_at", "ended_at")
    list_select_related = ("user",)
    search_fields = ("user__email", "user_agent")
    list_filter = ("created_at", "ended_at")
    fields = readonly_fields = ("user", "user_agent", "created_at", "rotated_at", "ended_at")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
