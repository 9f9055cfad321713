from datetime import date
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, JsonResponse
from django.urls import path
from django.utils import timezone
from unfold.contrib.filters.admin import DropdownFilter, RelatedDropdownFilter
from unfold.widgets import UnfoldAdminSingleDateWidget

from crew.models import CrewMember, Production, Role
from crew.services import people, productions, roles
from pipeline.admin import OwnAutocompleteSelect, ServiceAdmin, ServiceForm, choices_page


@admin.register(Role)
class RoleAdmin(ServiceAdmin):
    create = staticmethod(roles.create_role)
    change = staticmethod(roles.change_role)
    remove = staticmethod(roles.delete_role)
    list_display = ("name", "department", "held_by")
    list_filter = ("department",)
    search_fields = ("name", "department")
    fieldsets = ((None, {"fields": ("name", "department")}),)

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).annotate(people=Count("members"))

    @admin.display(description="people", ordering="people")
    def held_by(self, role: Any) -> int:
        count: int = role.people
        return count


class DaysForm(ServiceForm):
    """Two dates, the first and the last day, for the range that the row keeps."""

    day_fields: tuple[str, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial.update({name: getattr(self.instance, name) for name in self.day_fields})


class MemberForm(DaysForm):
    day_fields = ("hire_date", "fire_date")
    hire_date = forms.DateField(label="First day", widget=UnfoldAdminSingleDateWidget)
    fire_date = forms.DateField(
        label="Last day",
        required=False,
        widget=UnfoldAdminSingleDateWidget,
        help_text="Empty while the contract is open-ended.",
    )


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

    create = staticmethod(people.hire_member)
    change = staticmethod(people.change_member)
    remove = staticmethod(people.delete_member)
    form = MemberForm
    list_filter = (("role", RelatedDropdownFilter), UnderContract)
    list_select_related = ("role", "user")
    search_fields = ("full_name", "email", "role__name")
    autocomplete_fields = ("role",)

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

    @admin.display(description="first day", ordering="employment__startswith")
    def first_day(self, member: CrewMember) -> date:
        return member.hire_date

    @admin.display(description="last day", ordering="employment__endswith", empty_value="open-ended")
    def last_day(self, member: CrewMember) -> date | None:
        return member.fire_date

    @admin.display(ordering="user__display_name")
    def account(self, member: CrewMember) -> Any:
        return member.user


def sees_rates(request: HttpRequest) -> bool:
    return request.user.has_perm("crew.view_day_rate")


class ProductionForm(DaysForm):
    day_fields = ("start", "end")
    start = forms.DateField(label="First day", widget=UnfoldAdminSingleDateWidget)
    end = forms.DateField(label="Last day", widget=UnfoldAdminSingleDateWidget)


@admin.register(Production)
class ProductionAdmin(ServiceAdmin):
    create = staticmethod(productions.schedule_production)
    change = staticmethod(productions.change_production)
    remove = staticmethod(productions.cancel_production)
    form = ProductionForm
    list_display = ("title", "first_day", "last_day")
    search_fields = ("title",)
    fieldsets = ((None, {"fields": ("title", "start", "end")}),)

    @admin.display(description="first day", ordering="period__startswith")
    def first_day(self, production: Production) -> date:
        return production.start

    @admin.display(description="last day", ordering="period__endswith")
    def last_day(self, production: Production) -> date:
        return production.end
