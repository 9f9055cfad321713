from datetime import date
from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from unfold.contrib.filters.admin import DropdownFilter
from unfold.widgets import UnfoldBooleanWidget

from crew.admin.bookings import PeopleInline, take_back
from crew.admin.days import DaysForm, day_field
from crew.admin.words import in_words
from crew.models import Production, Requirement
from crew.services import productions
from crew.services.transactions import Written
from pipeline.admin import Question, ServiceAdmin, ServiceInline, actor, answer, ask, chosen
from pipeline.admin.refused import adopt, refusals_of

schedule = in_words(productions.schedule_production)
change = in_words(productions.change_production)


class ProductionForm(DaysForm):
    """`seen` is the effect of a replacement that somebody has been shown."""

    day_fields = ("start", "end")
    # The effect to show now; set on the class that the admin makes for each request.
    seen_now: ClassVar[str] = ""
    start = day_field("First day")
    end = day_field("Last day")
    allow_gaps = forms.BooleanField(
        required=False, widget=UnfoldBooleanWidget, help_text="Books whom it can, and leaves the others open."
    )
    replace = forms.BooleanField(
        required=False, widget=UnfoldBooleanWidget,
        help_text="Books others for people whom new days do not suit. You see whom before anything is written.",
    )  # fmt: skip
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.is_bound and self.seen_now:
            self.data = {**self.data.dict(), "seen": self.seen_now}  # type: ignore[attr-defined]

    def given(self) -> dict[str, Any]:
        return {name: value for name, value in super().given().items() if name not in ("replace", "seen")}


class RequirementInline(ServiceInline):
    """How many of each role; written together with the production."""

    model = Requirement
    autocomplete_fields = ("role",)
    fields = ("role", "count")
    per_page = 200
    show_change_link = False

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("role")


class When(DropdownFilter):
    title = "days"
    parameter_name = "days"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("now", "Goes on today"), ("later", "Begins later"), ("over", "Over")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        today = timezone.localdate()
        conditions: dict[str, dict[str, Any]] = {
            "now": {"period__contains": today},
            "later": {"period__startswith__gt": today},
            "over": {"period__endswith__lte": today},
        }
        return queryset.filter(**conditions.get(self.value() or "", {}))


@admin.register(Production)
class ProductionAdmin(ServiceAdmin):
    remove = staticmethod(productions.cancel_production)
    form = ProductionForm
    list_display = ("title", "first_day", "last_day")
    list_filter = (When,)
    search_fields = ("title",)
    inlines = (RequirementInline, PeopleInline)
    actions = ("cancel", "release_all")

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        how = ("allow_gaps", "replace", "seen") if obj else ("allow_gaps",)
        staffing = ("Staffing", {"fields": how}) if self.has_change_permission(request, obj) else None
        return tuple(filter(None, ((None, {"fields": ("title", "start", "end")}), staffing)))

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change, **kwargs)
        form.seen_now = getattr(request, "seen_now", "")
        return form

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Waits for the requirements: all of it is one call of one service."""

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        wanted = [formset for formset in formsets if formset.model is Requirement]
        with refusals_of(form.prefix):
            self.write(request, form, requirements_of(*wanted) if wanted else None)
        for formset in formsets:
            if formset in wanted:
                # Fills the lists of new, changed and deleted rows, which the log reads.
                formset.save(commit=False)
            else:
                self.save_formset(request, form, formset, change)

    def write(self, request: HttpRequest, form: Any, requirements: dict[int, int] | None) -> None:
        given = form.given() | ({} if requirements is None else {"requirements": requirements})
        if not form.instance.pk:
            adopt(form.instance, schedule(given.pop("title"), by=actor(request), **given))
        elif given:
            how = {"by": actor(request), "expected_version": form.cleaned_data["expected_version"]}
            if form.cleaned_data.get("replace"):
                how["on_conflict"] = "replace"
                self.show_effect(request, form, change(form.instance.pk, dry_run=True, **how, **given))
            change(form.instance.pk, **how, **given)

    def show_effect(self, request: HttpRequest, form: Any, rehearsed: Written) -> None:
        """Raises ValidationError, once, when people would be replaced."""
        effect = f"released {ids_of(rehearsed.released)} booked {ids_of(rehearsed.booked)}"
        if not rehearsed.released or form.cleaned_data["seen"] == effect:
            return
        request.seen_now = effect  # type: ignore[attr-defined]
        goes, comes = names_of(rehearsed.released), names_of(rehearsed.booked) or "nobody"
        raise ValidationError({"replace": f"This releases {goes} and books {comes}. Save again to do it."})

    @admin.display(description="first day", ordering="period__startswith")
    def first_day(self, production: Production) -> date:
        return production.start

    @admin.display(description="last day", ordering="period__endswith")
    def last_day(self, production: Production) -> date:
        return production.end

    @admin.action(description="Cancel", permissions=["delete"])
    def cancel(self, request: HttpRequest, queryset: QuerySet[Production]) -> HttpResponse | None:
        rows = chosen(queryset)
        form = forms.Form(answer(request))
        if not form.is_valid():
            question = Question("Cancel productions", "What will be cancelled", effects(rows), "Cancel them")
            return ask(self, request, form, question)
        for row in rows:
            productions.cancel_production(row.pk, by=actor(request))
        self.message_user(request, f"Cancelled: {len(rows)}. Everybody is released.", messages.SUCCESS)
        return None

    @admin.action(description="Release everybody", permissions=["change"])
    def release_all(self, request: HttpRequest, queryset: QuerySet[Production]) -> HttpResponse | None:
        rows = chosen(queryset.prefetch_related("bookings"))
        form = forms.Form(answer(request))
        if not form.is_valid():
            question = Question("Release everybody", "Who is booked", effects(rows), "Release them")
            return ask(self, request, form, question)
        released = [booking for row in rows for booking in row.bookings.all()]
        for booking in released:
            take_back(booking.pk, by=actor(request))
        self.message_user(request, f"Released: {len(released)}. What is required stays, as open.", messages.SUCCESS)
        return None


def requirements_of(formset: Any) -> dict[int, int] | None:
    """All that is wanted, by the roles' ids; None when nobody touched it. Raises ValidationError for a role twice."""
    if not formset.has_changed():
        return None
    wanted: dict[int, int] = {}
    for form in formset.forms:
        role, count = form.cleaned_data.get("role"), form.cleaned_data.get("count")
        if role is None or form in formset.deleted_forms:
            continue
        if role.pk in wanted:
            raise ValidationError(f"{role}: this role is named twice.")
        wanted[role.pk] = count
    return wanted


def effects(rows: list[Production]) -> list[tuple[str, str]]:
    return [(row.title, f"{row.start} to {row.end}") for row in rows]


def ids_of(bookings: Any) -> str:
    return ",".join(str(booking["crew_member"]["id"]) for booking in bookings)


def names_of(bookings: Any) -> str:
    return ", ".join(booking["crew_member"]["full_name"] for booking in bookings)
