"""Bookings and time off: made and taken back, and never changed, for their days are the production's."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from unfold.contrib.filters.admin import AutocompleteSelectFilter, DropdownFilter

from crew.admin.days import DaysForm, day_field
from crew.admin.words import in_words
from crew.models import Booking, CrewMember, Production
from crew.services import bookings
from pipeline.admin import Question, ServiceAdmin, ServiceInline, actor, answer, ask, chosen
from pipeline.services import Actor

add_booking = in_words(bookings.add_booking)
book_time_off = in_words(bookings.book_time_off)


def book_for(member: CrewMember, *, by: Actor, production: Production) -> Any:
    return add_booking(production.pk, member.pk, by=by)


def book_person(production: Production, *, by: Actor, crew_member: CrewMember) -> Any:
    return add_booking(production.pk, crew_member.pk, by=by)


def give_time_off(member: CrewMember, *, by: Actor, **fields: Any) -> Any:
    return book_time_off(member.pk, by=by, **fields)


def take_back(booking_id: int, *, by: Actor) -> None:
    """Releases somebody from a production, or takes time off back. Raises Booking.DoesNotExist."""
    booking = Booking.objects.get(pk=booking_id)
    if booking.production_id is None:
        bookings.cancel_time_off(booking.crew_member_id, booking_id, by=by)
    else:
        bookings.remove_booking(booking.production_id, booking_id, by=by)


class BoundInline(ServiceInline):
    """Rows that come and go, and stay as they are meanwhile."""

    model = Booking
    remove = staticmethod(take_back)
    per_page = 20
    show_change_link = False

    def get_queryset(self, request: HttpRequest) -> Any:
        return (
            super().get_queryset(request).select_related("crew_member", "production", "role").order_by("period", "pk")
        )

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(description="first day")
    def first_day(self, booking: Booking) -> date:
        return booking.start

    @admin.display(description="last day")
    def last_day(self, booking: Booking) -> date:
        return booking.end

    production = forms.ModelChoiceField(Production.objects.all())


class WorkInline(BoundInline):
    """What somebody is booked for, below the person."""

    create = staticmethod(book_for)
    verbose_name_plural = "bookings"
    autocomplete_fields = ("production",)
    fields = ("production", "role", "first_day", "last_day")
    readonly_fields = ("role", "first_day", "last_day")

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).work()

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        return super().formfield_for_foreignkey(db_field, request, **kwargs | {"required": True})


class TimeOffForm(DaysForm):
    day_fields = ("start", "end")
    start = day_field("First day")
    end = day_field("Last day")


class TimeOffInline(BoundInline):
    create = staticmethod(give_time_off)
    form = TimeOffForm
    verbose_name = "time off"
    verbose_name_plural = "time off"
    fields = ("start", "end", "reason")

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).time_off()


class PeopleInline(BoundInline):
    """Who is booked for a production, below it."""

    create = staticmethod(book_person)
    autocomplete_fields = ("crew_member",)
    fields = ("crew_member", "role", "first_day", "last_day")
    readonly_fields = ("role", "first_day", "last_day")


class Kind(DropdownFilter):
    title = "kind"
    parameter_name = "kind"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("work", "Work"), ("off", "Time off")]

    def queryset(self, request: HttpRequest, queryset: Any) -> QuerySet[Any]:
        found: QuerySet[Any] = {"work": queryset.work, "off": queryset.time_off}.get(self.value() or "", queryset.all)()
        return found


def create_time_off(*, by: Actor, crew_member: CrewMember, **fields: Any) -> Any:
    return give_time_off(crew_member, by=by, **fields)


@admin.register(Booking)
class BookingAdmin(ServiceAdmin):
    """All that binds people. What is added here is time off; people are booked at their production."""

    create = staticmethod(create_time_off)
    remove = staticmethod(take_back)
    form = TimeOffForm
    list_display = ("crew_member", "what", "role", "first_day", "last_day", "reason")
    list_filter = (Kind, ("crew_member", AutocompleteSelectFilter), ("production", AutocompleteSelectFilter))
    list_select_related = ("crew_member", "production", "role")
    search_fields = ("crew_member__full_name", "production__title", "reason")
    ordering = ("-period",)
    autocomplete_fields = ("crew_member",)
    fieldsets = ((None, {"fields": ("crew_member", "start", "end", "reason")}),)
    actions = ("release",)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(ordering="production__title")
    def what(self, booking: Booking) -> str:
        return str(booking.production or "time off")

    @admin.display(description="first day", ordering="period__startswith")
    def first_day(self, booking: Booking) -> date:
        return booking.start

    @admin.display(description="last day", ordering="period__endswith")
    def last_day(self, booking: Booking) -> date:
        return booking.end

    @admin.action(description="Release", permissions=["delete"])
    def release(self, request: HttpRequest, queryset: QuerySet[Booking]) -> HttpResponse | None:
        rows = chosen(queryset)
        form = forms.Form(answer(request))
        if not form.is_valid():
            effects = [(str(row.crew_member), f"no longer {self.what(row)}, {row}") for row in rows]
            return ask(self, request, form, Question("Release people", "What will end", effects, "Release"))
        for row in rows:
            take_back(row.pk, by=actor(request))
        self.message_user(request, f"Released: {len(rows)}.", messages.SUCCESS)
        return None
