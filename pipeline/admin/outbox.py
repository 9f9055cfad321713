"""What still has to happen after a commit, and what failed too often."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from unfold.contrib.filters.admin import DropdownFilter, FieldTextFilter

from pipeline import outbox
from pipeline.admin.confirmation import Question, answer, ask, chosen
from pipeline.admin.models import ServiceAdmin, StudioAdmin
from pipeline.admin.reading import OnlyRead
from pipeline.models import OutboxEvent, Pulse


class StateFilter(DropdownFilter):
    title = "state"
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("waiting", "Waiting"), ("dead", "Dead")]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        kept = {"waiting": queryset.waiting, "dead": queryset.dead}.get(self.value() or "")
        return kept() if kept else queryset


@admin.register(OutboxEvent)
class OutboxEventAdmin(OnlyRead, ServiceAdmin):
    seen_with = "pipeline.view_outboxevent"
    list_display = ("topic", "key", "created_at", "next_try_at", "attempts", "failures", "dead_at", "error")
    list_filter = (StateFilter, ("topic", FieldTextFilter))
    search_fields = ("key__exact", "error")
    search_help_text = "The key, or words of the error."
    fields = readonly_fields = (
        *("topic", "key", "payload", "created_at", "next_try_at"),
        *("attempts", "failures", "dead_at", "error"),
    )
    actions = ("try_again",)

    @admin.action(description="Try dead events again", permissions=["revive"])
    def try_again(self, request: HttpRequest, queryset: QuerySet[OutboxEvent]) -> HttpResponse | None:
        rows = chosen(queryset)
        form = forms.Form(answer(request))
        if not form.is_valid():
            effects = [(str(row), "dead → waiting" if row.dead_at else "not dead: stays as it is") for row in rows]
            question = Question("Try dead events again", "What will change", effects, "Try them again")
            return ask(self, request, form, question)
        number = outbox.revive([row.pk for row in rows])
        self.message_user(
            request, f"To be tried again: {number}. Events that are not dead stay as they are.", messages.SUCCESS
        )
        return None

    def has_revive_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("pipeline.change_outboxevent")


@admin.register(Pulse)
class PulseAdmin(OnlyRead, StudioAdmin):
    """When the sweep ran last."""

    seen_with = "pipeline.view_outboxevent"
    list_display = fields = readonly_fields = ("name", "at")
