"""What can be done to many shots at once."""

from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AutocompleteSelect
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse

from crew.models import CrewMember
from pipeline.admin import Question, ReasonForm, actor, answer, ask, chosen
from shows.models import Shot, ShotStatus
from shows.services import shots

Action = Callable[[Any, HttpRequest, QuerySet[Shot]], HttpResponse | None]


class AssignForm(ReasonForm):
    assigned_to = forms.ModelChoiceField(
        CrewMember.objects.all(),
        required=False,
        help_text="Empty takes the shots away from whoever has them.",
        widget=AutocompleteSelect(Shot._meta.get_field("assigned_to"), admin.site),
    )
    field_order = ("assigned_to", "reason")


def status_actions() -> list[Action]:
    return [status_action(status) for status in ShotStatus]


def status_action(status: ShotStatus) -> Action:
    @admin.action(description=f"Set status: {status.label}", permissions=["set_status"])
    def set_status(model_admin: Any, request: HttpRequest, queryset: QuerySet[Shot]) -> HttpResponse | None:
        rows = chosen(queryset)
        form = ReasonForm(answer(request))
        if form.is_valid():
            write(model_admin, request, rows, form.cleaned_data["reason"], status=status)
            return None
        title = f"Set the status to {status.label}: {amount(rows)}"
        question = Question(title, "What will change", effects(rows, status), "Set the status")
        return ask(model_admin, request, form, question)

    set_status.__name__ = f"set_status_{status}"
    return set_status


def effects(rows: Sequence[Shot], status: ShotStatus) -> list[tuple[str, str]]:
    return [
        (place(shot), "stays as it is" if shot.status == status else f"{shot.get_status_display()} → {status.label}")
        for shot in rows
    ]


@admin.action(description="Assign to …", permissions=["assign"])
def assign(model_admin: Any, request: HttpRequest, queryset: QuerySet[Shot]) -> HttpResponse | None:
    rows = chosen(queryset)
    form = AssignForm(answer(request))
    if form.is_valid():
        write(model_admin, request, rows, **form.cleaned_data)
        return None
    now = [(place(shot), str(shot.assigned_to or "nobody")) for shot in rows]
    return ask(model_admin, request, form, Question(f"Assign {amount(rows)}", "Who has them now", now, "Assign"))


def write(model_admin: Any, request: HttpRequest, rows: Sequence[Shot], reason: str, **changes: Any) -> None:
    shots.bulk_change_shots([shot.pk for shot in rows], by=actor(request), reason=reason, **changes)
    model_admin.message_user(request, f"Done: {amount(rows)}.", messages.SUCCESS)


def amount(rows: Sequence[Shot]) -> str:
    return "1 shot" if len(rows) == 1 else f"{len(rows)} shots"


def place(shot: Shot) -> str:
    return f"{shot.show} / {shot.sequence} / {shot}"
