from datetime import date
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path
from django.utils import timezone
from unfold.contrib.filters.admin import DropdownFilter, RelatedDropdownFilter

from crew.admin.bookings import TimeOffInline, WorkInline
from crew.admin.days import DaysForm, day_field
from crew.admin.words import in_words
from crew.models import CrewMember
from crew.services import people
from pipeline.admin import OwnAutocompleteSelect, Question, ServiceAdmin, actor, answer, ask, choices_page, chosen
from pipeline.admin.refused import messages_of
from pipeline.errors import Refusal
from pipeline.services import Actor

change_member = in_words(people.change_member)


class MemberForm(DaysForm):
    day_fields = ("hire_date", "fire_date")
    hire_date = day_field("First day")
    fire_date = day_field("Last day", required=False, help_text="Empty while the contract is open-ended.")


class LastDayForm(forms.Form):
    day = day_field("Last day")


class UnderContract(DropdownFilter):
    title = "contract"
    parameter_name = "contract"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("now", "Under contract today"), ("ended", "Ended"), ("later", "Begins later")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        today = timezone.localdate()
        conditions = {
            "now": Q(employment__contains=today),
            "ended": Q(employment__fully_lt=(today, None)),
            "later": Q(employment__startswith__gt=today),
        }
        return queryset.filter(conditions.get(self.value() or "", Q()))


@admin.register(CrewMember)
class CrewMemberAdmin(ServiceAdmin):
    """Day rates are for who may see them: to others they are neither a field nor a column. Nobody filters by them."""

    create = staticmethod(in_words(people.hire_member))
    change = staticmethod(change_member)
    remove = staticmethod(people.delete_member)
    form = MemberForm
    list_filter = (("role", RelatedDropdownFilter), UnderContract)
    list_select_related = ("role", "user")
    search_fields = ("full_name", "email", "role__name")
    autocomplete_fields = ("role",)
    inlines = (WorkInline, TimeOffInline)
    actions = ("end_contract",)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        rate = ("day_rate",) if sees_rates(request) else ()
        contract = ("role", "hire_date", "fire_date", *rate)
        # As a field to be read, it would be a link to a page that is not for everybody.
        account = "user" if self.has_change_permission(request, obj) else "account"
        return (None, {"fields": ("full_name", "email", account)}), ("Contract", {"fields": contract})

    def get_list_display(self, request: HttpRequest) -> tuple[str, ...]:
        rate = ("day_rate",) if sees_rates(request) else ()
        return ("full_name", "role", "first_day", "last_day", "email", "account", *rate)

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "user":
            widget = OwnAutocompleteSelect(db_field, self.admin_site, "admin:crew_crewmember_accounts")
            kwargs |= {"widget": widget, "label": "Account"}
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_urls(self) -> list[Any]:
        accounts = self.admin_site.admin_view(self.find_accounts)
        return [path("accounts/", accounts, name="crew_crewmember_accounts"), *super().get_urls()]

    def find_accounts(self, request: HttpRequest) -> JsonResponse:
        """Accounts that can be linked: active, and nobody's yet. Who hires need not see the accounts' own pages."""
        if not (self.has_add_permission(request) or self.has_change_permission(request)):
            raise PermissionDenied
        words = request.GET.get("term", "")
        matching = Q(display_name__icontains=words) | Q(email__icontains=words)
        accounts = get_user_model().objects.filter(matching, is_active=True, crew_member=None)
        return choices_page(request, accounts, lambda account: f"{account} ({account.email})")

    @admin.action(description="End contract on …", permissions=["change"])
    def end_contract(self, request: HttpRequest, queryset: QuerySet[CrewMember]) -> HttpResponse | None:
        rows = chosen(queryset)
        form = LastDayForm(answer(request))
        if not form.is_valid():
            now = [(str(row), f"until {row.fire_date or 'no end'}") for row in rows]
            return ask(self, request, form, Question("End contracts", "Contracts as they are", now, "End them"))
        for row in rows:
            end(row, actor(request), form.cleaned_data["day"])
        self.message_user(request, f"Ended on {form.cleaned_data['day']}: {len(rows)}.", messages.SUCCESS)
        return None

    @admin.display(description="first day", ordering="employment__startswith")
    def first_day(self, member: CrewMember) -> date:
        return member.hire_date

    @admin.display(description="last day", ordering="employment__endswith", empty_value="open-ended")
    def last_day(self, member: CrewMember) -> date | None:
        return member.fire_date

    @admin.display(ordering="user__display_name")
    def account(self, member: CrewMember) -> Any:
        return member.user


def end(member: CrewMember, by: Actor, day: date) -> None:
    """Raises ValidationError, which names the person."""
    try:
        change_member(member.pk, by=by, fire_date=day)
    except (Refusal, ValidationError) as error:
        raise ValidationError(
            [f"{member}: {text}" for texts in messages_of(error).values() for text in texts]
        ) from error


def sees_rates(request: HttpRequest) -> bool:
    return request.user.has_perm("crew.view_day_rate")
